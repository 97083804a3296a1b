package org.skymi.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * What STILTS' parqlint and votlint check, done again because STILTS is not on Maven Central: the
 * VOTable is one (elements, attributes, datatypes, array sizes), its UCDs and units are valid, and
 * its FIELDs are the file's columns, in order and of their types.
 */
class VoTableTest {
  private static final String NAMESPACE = "http://www.ivoa.net/xml/VOTable/v1.3";

  /** Attributes of FIELD in VOTable 1.4 that are used here. */
  private static final Set<String> ATTRIBUTES =
      Set.of("name", "datatype", "arraysize", "unit", "ucd", "xtype");

  /**
   * Words of the UCD1+ controlled vocabulary 1.5 by where they may stand: P first only, S not
   * first, Q and others anywhere.
   */
  private static final Map<String, String> WORDS =
      words(
          "P", "meta.code meta.code.class meta.code.error meta.code.qual meta.id meta.note",
          "P", "meta.number meta.ref.uri meta.unit meta.version stat.error stat.error.sys stat.snr",
          "P", "stat.correlation stat.covariance stat.variance stat.weight arith.factor",
          "S", "arith.diff arith.ratio em.opt em.opt.V instr.det instr.fov meta.file",
          "S", "meta.software obs.exposure spect.line stat.max stat.mean stat.median stat.min",
          "Q", "em.wl instr instr.dispersion instr.param instr.skyLevel obs.airMass",
          "Q", "phot.count phot.flux.density phot.mag phys.size phys.transmission pos.angDistance",
          "Q", "pos.cartesian.x pos.cartesian.y pos.eq.dec pos.eq.ra stat stat.fit",
          "Q", "time.duration time.end time.epoch time.phase time.start");

  /**
   * VOUnits syntax: symbols with powers, joined by '.', one division. Symbols are those of VOUnits,
   * and 'electron' and '%', which it knows from FITS and other standards.
   */
  private static final Pattern UNIT =
      Pattern.compile(
          "SYM(POW)?([.]SYM(POW)?)*(/SYM(POW)?)?"
              .replace("SYM", "(Angstrom|electron|%|deg|mag|mm|s|d|byte)")
              .replace("POW", "\\*\\*-?\\d+"));

  private static final Map<PrimitiveTypeName, String> DATATYPES =
      Map.of(
          PrimitiveTypeName.INT32, "int",
          PrimitiveTypeName.INT64, "long",
          PrimitiveTypeName.FLOAT, "float",
          PrimitiveTypeName.DOUBLE, "double",
          PrimitiveTypeName.BOOLEAN, "boolean");

  static List<Table<?>> tables() {
    return Tables.ALL;
  }

  @ParameterizedTest
  @MethodSource("tables")
  void isADatalessVoTableOfTheColumns(Table<?> table) throws Exception {
    Element root = parse(VoTable.of(table, new TextLengths())).getDocumentElement();
    assertThat(root.getNamespaceURI()).isEqualTo(NAMESPACE);
    assertThat(root.getLocalName()).isEqualTo("VOTABLE");
    assertThat(root.getAttribute("version")).isEqualTo("1.4");
    Element resource = only(root, "RESOURCE");
    Element element = only(resource, "TABLE");
    assertThat(element.getAttribute("name")).isEqualTo(table.name());
    List<Element> children = children(element);
    assertThat(children.get(0).getLocalName()).isEqualTo("DESCRIPTION");
    List<Element> fields = children.subList(1, children.size());
    List<Type> columns = table.schema().getFields();
    assertThat(fields).hasSameSizeAs(columns);
    for (int i = 0; i < fields.size(); i++) {
      Element field = fields.get(i);
      assertThat(field.getLocalName()).isEqualTo("FIELD");
      assertThat(field.getAttribute("name")).isEqualTo(columns.get(i).getName());
      checkAttributes(field);
      checkType(field, columns.get(i));
      assertThat(only(field, "DESCRIPTION").getTextContent())
          .startsWith(table.columns().get(i).text());
    }
  }

  private static void checkAttributes(Element field) {
    for (int a = 0; a < field.getAttributes().getLength(); a++) {
      assertThat(ATTRIBUTES).contains(field.getAttributes().item(a).getNodeName());
    }
    String name = field.getAttribute("name");
    if (field.hasAttribute("unit")) {
      assertThat(field.getAttribute("unit")).as(name).matches(UNIT);
    }
    if (field.hasAttribute("ucd")) {
      String[] ucd = field.getAttribute("ucd").split(";");
      for (int w = 0; w < ucd.length; w++) {
        assertThat(WORDS).as(name).containsKey(ucd[w]);
        assertThat(WORDS.get(ucd[w])).as(name + ": " + ucd[w]).isNotEqualTo(w == 0 ? "S" : "P");
      }
    }
  }

  private static void checkType(Element field, Type column) {
    String datatype = field.getAttribute("datatype");
    String size = field.getAttribute("arraysize");
    if (column.isPrimitive()) {
      PrimitiveType type = column.asPrimitiveType();
      assertThat(type.getPrimitiveTypeName()).isNotEqualTo(PrimitiveTypeName.INT96);
      if (type.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation) {
        assertThat(datatype).isIn("char", "unicodeChar");
        assertThat(size).matches("[1-9]\\d*");
      } else {
        assertThat(datatype).isEqualTo(DATATYPES.get(type.getPrimitiveTypeName()));
        assertThat(type.getLogicalTypeAnnotation()).isNull();
        assertThat(field.hasAttribute("arraysize")).isFalse();
      }
    } else {
      PrimitiveType element =
          column.asGroupType().getType("list").asGroupType().getType("element").asPrimitiveType();
      assertThat(datatype).isEqualTo(DATATYPES.get(element.getPrimitiveTypeName()));
      assertThat(size).isEqualTo("*");
    }
  }

  private static Document parse(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  private static Element only(Element parent, String name) {
    List<Element> all = children(parent);
    assertThat(all).hasSize(1);
    assertThat(all.get(0).getLocalName()).isEqualTo(name);
    return all.get(0);
  }

  private static List<Element> children(Element parent) {
    List<Element> all = new ArrayList<>();
    for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element element) {
        all.add(element);
      }
    }
    return all;
  }

  private static Map<String, String> words(String... classesAndWords) {
    Map<String, String> words = new HashMap<>();
    for (int i = 0; i < classesAndWords.length; i += 2) {
      for (String word : classesAndWords[i + 1].split(" ")) {
        words.put(word, classesAndWords[i]);
      }
    }
    return words;
  }
}
