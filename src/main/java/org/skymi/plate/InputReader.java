package org.skymi.plate;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;
import org.skymi.archive.Archive;
import org.skymi.campaign.ArchiveInputs;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.Quarantined;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsLimits;
import org.skymi.fits.FitsRejection;
import org.skymi.fits.FrameReader;
import org.skymi.fits.Inflation;
import org.skymi.survey.Frame;
import org.skymi.survey.InputException;

/** Reads whole files that must still be what the frozen inventory says, and names what is wrong. */
public final class InputReader {
  private final Archive archive;
  private final FitsLimits limits;
  private final FibreFlats flats;
  private final Scratch scratch;

  public InputReader(Archive archive, FitsLimits limits) {
    this(archive, limits, FibreFlats.NONE, Scratch.none());
  }

  private InputReader(Archive archive, FitsLimits limits, FibreFlats flats, Scratch scratch) {
    this.archive = archive;
    this.limits = limits;
    this.flats = flats;
    this.scratch = scratch;
  }

  /**
   * The same, but frames have their fibres' flats taken out.
   *
   * @param folder of the flats, empty for none
   * @throws org.skymi.survey.InputException if there is no such folder
   */
  public InputReader withFlats(String folder, Configuration configuration) {
    return new InputReader(archive, limits, FibreFlats.of(folder, configuration), scratch);
  }

  /** The same, but frames that were read once come from a scratch file, inflated. */
  InputReader with(Scratch own) {
    return new InputReader(archive, limits, flats, own);
  }

  /** Where frames wait that were read once. */
  Scratch scratch() {
    return scratch;
  }

  /** Whether frames have their fibres' flats taken out. */
  boolean takesFlatsOut() {
    return !flats.isNone();
  }

  /** A file that must be quarantined. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Quarantined why;

    Refused(Quarantined why) {
      super(why.message());
      this.why = why;
    }

    Quarantined why() {
      return why;
    }
  }

  /** What turns a file's bytes into something. */
  @FunctionalInterface
  public interface Parser<T> {
    T parse(String path, byte[] raw, FitsLimits limits) throws FitsRejection;
  }

  /**
   * Reads a file.
   *
   * @throws Refused if it is gone, changed or rejected by the parser
   * @throws IOException if another try may do better
   */
  public <T> T read(PlannedInput input, Parser<T> parser) throws Refused, IOException {
    return parsed(input, bytes(input), parser);
  }

  private <T> T parsed(PlannedInput input, byte[] raw, Parser<T> parser) throws Refused {
    try {
      return parser.parse(input.path(), raw, limits);
    } catch (FitsRejection e) {
      throw new Refused(
          new Quarantined(input.path(), kind(input), e.reason().name(), e.location(), e.detail()));
    }
  }

  /**
   * Reads a frame, which must be that of the inventory.
   *
   * @throws Refused if it is gone, changed or rejected
   * @throws IOException if another try may do better
   */
  public Frame frame(PlannedInput input) throws Refused, IOException {
    return content(input).frame();
  }

  /**
   * The same with its truth.
   *
   * @throws Refused if it is gone, changed or rejected
   * @throws IOException if another try may do better
   */
  FrameReader.Content content(PlannedInput input) throws Refused, IOException {
    FrameReader.Content content = contentOnce(input);
    return new FrameReader.Content(
        flats.flattened(content.frame()), content.truth(), content.why());
  }

  private FrameReader.Content contentOnce(PlannedInput input) throws Refused, IOException {
    Optional<byte[]> kept = scratch.kept(input.path());
    byte[] raw = kept.isPresent() ? kept.get() : inflated(input);
    FrameReader.Content content = parsed(input, raw, FrameReader::content);
    requireIdentity(input, FileIdentity.frame(content.frame().id()));
    if (kept.isEmpty()) {
      scratch.keep(input.path(), raw);
    }
    return content;
  }

  private byte[] inflated(PlannedInput input) throws Refused, IOException {
    byte[] raw = bytes(input);
    byte[] plain = parsed(input, raw, (path, b, most) -> Inflation.inflate(b, path, most));
    // What is no FITS once inflated is the parser's to refuse as it is.
    return plain.length > 0 && plain[0] == 'S' ? plain : raw;
  }

  /**
   * What a frame's wavelengths are multiplied by, see {@link FrameReader#barycentric}.
   *
   * @throws Refused if it is gone, changed or rejected
   * @throws IOException if another try may do better
   */
  public double barycentric(PlannedInput input) throws Refused, IOException {
    return read(input, FrameReader::barycentric);
  }

  /**
   * The survey's own sky of a frame.
   *
   * @throws Refused if it is gone, changed or rejected
   * @throws IOException if another try may do better
   */
  float[][] frameSky(PlannedInput input) throws Refused, IOException {
    return read(input, FrameReader::readSky);
  }

  /** A way to read one file. */
  @FunctionalInterface
  public interface Reading<T> {
    /**
     * Reads.
     *
     * @throws Refused if it can't be used
     * @throws IOException if another try may do better
     */
    T of(PlannedInput input) throws Refused, IOException;
  }

  /**
   * What the first of some files that can be read holds.
   *
   * @param inputs at least one
   * @throws InputException if none can be read, naming the first and why
   * @throws IOException if another try may do better
   */
  public static <T> T first(List<PlannedInput> inputs, Reading<T> reading) throws IOException {
    InputException first = null;
    for (PlannedInput input : inputs) {
      try {
        return reading.of(input);
      } catch (Refused e) {
        first = first == null ? new InputException(input.path() + ": " + e.getMessage(), e) : first;
      }
    }
    throw first;
  }

  /** Requires that a file holds what it held when the inventory was frozen. */
  public void requireIdentity(PlannedInput input, FileIdentity found) throws Refused {
    if (!found.equals(input.identity())) {
      throw refuse(input, Quarantined.CHANGED, "holds " + found + ", held " + input.identity());
    }
  }

  private byte[] bytes(PlannedInput input) throws Refused, IOException {
    byte[] raw;
    try {
      raw = archive.read(input.path(), limits);
    } catch (FileNotFoundException | AccessControlException e) {
      throw refuse(input, FitsRejection.Reason.UNREADABLE.name(), String.valueOf(e.getMessage()));
    }
    if (raw.length != input.bytes()) {
      throw refuse(
          input,
          Quarantined.CHANGED,
          raw.length + " bytes, but " + input.bytes() + " when the inventory was frozen");
    }
    return raw;
  }

  private static Refused refuse(PlannedInput input, String reason, String message) {
    return new Refused(new Quarantined(input.path(), kind(input), reason, "", message));
  }

  /** The word for an input's kind in the tables. */
  static String kind(PlannedInput input) {
    return ArchiveInputs.kind(input.identity().kind());
  }
}
