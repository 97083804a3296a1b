package org.skymi.table;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A table's columns as a VOTable without data, which the VOParquet convention (IVOA Note "Parquet
 * in the VO", 1.0) puts into a Parquet file's footer: one FIELD per column, in order.
 */
final class VoTable {
  static final String VERSION_KEY = "IVOA.VOTable-Parquet.version";
  static final String CONTENT_KEY = "IVOA.VOTable-Parquet.content";

  /** Of the convention. */
  static final String VERSION = "1.0";

  private static final String NAMESPACE = "http://www.ivoa.net/xml/VOTable/v1.3";

  private VoTable() {}

  /**
   * The document, VOTable 1.4.
   *
   * @param lengths of the texts in the file
   */
  static String of(Table<?> table, TextLengths lengths) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartElement("VOTABLE");
      xml.writeDefaultNamespace(NAMESPACE);
      xml.writeAttribute("version", "1.4");
      xml.writeStartElement("RESOURCE");
      xml.writeStartElement("TABLE");
      xml.writeAttribute("name", table.name());
      describe(xml, table.text());
      for (Column<?> column : table.columns()) {
        write(xml, column, lengths);
      }
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e); // nothing can fail when writing to a string
    }
    return text.toString();
  }

  private static void write(XMLStreamWriter xml, Column<?> column, TextLengths lengths)
      throws XMLStreamException {
    ColumnType type = column.type();
    xml.writeStartElement("FIELD");
    xml.writeAttribute("name", column.name());
    xml.writeAttribute("datatype", type.voDatatype());
    if (type.isArray()) {
      xml.writeAttribute("arraysize", "*");
    } else if (type.isText()) {
      // A number alone: astropy 5.2 does not know "7*" for unicodeChar, and astropy 8 cannot put
      // texts of "*" together.
      xml.writeAttribute("arraysize", String.valueOf(lengths.of(column)));
    }
    if (type == ColumnType.TIMESTAMP) {
      xml.writeAttribute("xtype", "timestamp");
    }
    if (!column.unit().isEmpty()) {
      xml.writeAttribute("unit", column.unit());
    }
    if (!column.ucd().isEmpty()) {
      xml.writeAttribute("ucd", column.ucd());
    }
    describe(xml, column.text());
    xml.writeEndElement();
  }

  private static void describe(XMLStreamWriter xml, String text) throws XMLStreamException {
    xml.writeStartElement("DESCRIPTION");
    xml.writeCharacters(text);
    xml.writeEndElement();
  }
}
