package org.skymi.survey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A properties file that describes an {@link Instrument}; lamost.properties explains the keys. */
final class InstrumentFile {
  /** Coarse bins of an arm's continuum, unless the file says. */
  private static final int BINS = 12;

  private final String name;
  private final Properties values;

  private InstrumentFile(String name, Properties values) {
    this.name = name;
    this.values = values;
  }

  /** What a resource beside this class describes. */
  static Instrument ofResource(String resource) {
    Properties values = new Properties();
    try (InputStream in = InstrumentFile.class.getResourceAsStream(resource)) {
      values.load(Objects.requireNonNull(in, resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new InstrumentFile(resource, values).instrument();
  }

  /**
   * What a user's file describes.
   *
   * @throws InputException if it can't be read or does not describe one
   */
  static Instrument of(Path file) {
    Properties values = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      values.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(file + ": no instrument can be read: " + e.getMessage(), e);
    }
    InstrumentFile description = new InstrumentFile(file.toString(), values);
    if (description.text("plans").isEmpty()) {
      throw description.wrong("plans", "must say what its plans' ids begin with");
    }
    return description.instrument();
  }

  private Instrument instrument() {
    String[] letters = text("arms").strip().split("\\s+");
    List<Instrument.Optics> optics =
        IntStream.range(0, letters.length).mapToObj(k -> optics(k, letters[k])).toList();
    int guide = List.of(letters).indexOf(text("guide"));
    if (guide < 0) {
      throw wrong("guide", "is none of its arms");
    }
    return new Instrument(
        text("telescope"),
        text("plans"),
        positive("spectrographs"),
        positive("fibres"),
        new Instrument.Numbering(
            Integer.parseInt(values.getProperty("first-fibre", "1").strip()),
            flag("numbered-over-plate")),
        flag("common-grid"),
        flag("states-widths"),
        optics,
        optics.get(guide).arm(),
        bands(optics));
  }

  /** Bands that are judged: of the usual ones those that an arm holds, unless the file says. */
  private List<SkyBand> bands(List<Instrument.Optics> optics) {
    String keys = values.getProperty("bands");
    if (keys == null) {
      return SkyBand.USUAL.stream().filter(band -> isWithin(band, optics)).toList();
    }
    return Stream.of(keys.strip().split("\\s+"))
        .filter(key -> !key.isEmpty())
        .map(key -> band(key, optics))
        .toList();
  }

  private static boolean isWithin(SkyBand band, List<Instrument.Optics> optics) {
    return optics.stream().anyMatch(o -> o.low() <= band.low() && band.high() <= o.high());
  }

  private SkyBand band(String key, List<Instrument.Optics> optics) {
    try {
      SkyBand band = SkyBand.of(key);
      if (isWithin(band, optics)) {
        return band;
      }
    } catch (IllegalArgumentException e) {
      throw wrong("bands", e.getMessage());
    }
    throw wrong("bands", key + " is within no arm's range");
  }

  private Instrument.Optics optics(int k, String arm) {
    if (!arm.matches("[a-z]")) {
      throw wrong("arms", "must be lower-case letters");
    }
    Instrument.Optics optics =
        new Instrument.Optics(
            Arm.of(k, arm.charAt(0), text(arm + ".label")),
            new Instrument.Recorded(
                number(arm + ".first"), number(arm + ".last"), positive(arm + ".pixels")),
            number(arm + ".low"),
            number(arm + ".high"),
            number(arm + ".pixel"),
            number(arm + ".pivot"),
            number(arm + ".spread"),
            bins());
    if (!(optics.low() < optics.high() && optics.pixel() > 0 && optics.spread() > 0)) {
      throw wrong(arm + ".low", "must be below " + arm + ".high, and widths above 0");
    }
    return optics;
  }

  private int bins() {
    int bins = values.containsKey("continuum-bins") ? positive("continuum-bins") : BINS;
    if (bins < 3) {
      throw wrong("continuum-bins", "must be 3 or more");
    }
    return bins;
  }

  private boolean flag(String key) {
    return Boolean.parseBoolean(values.getProperty(key, "false").strip());
  }

  private String text(String key) {
    String text = values.getProperty(key);
    if (text == null) {
      throw wrong(key, "is missing");
    }
    return text.strip();
  }

  private double number(String key) {
    try {
      return Double.parseDouble(text(key));
    } catch (NumberFormatException e) {
      throw wrong(key, "is no number");
    }
  }

  private int positive(String key) {
    double number = number(key);
    if (!(number >= 1 && number == Math.rint(number))) {
      throw wrong(key, "must be a whole number above 0");
    }
    return (int) number;
  }

  private InputException wrong(String key, String what) {
    return new InputException(name + ": " + key + " " + what);
  }
}
