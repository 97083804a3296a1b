package org.skymi.smi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skymi.math.Binary;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.Patterns;
import org.skymi.sky.prior.Likeness;
import org.skymi.sky.prior.SkyBasis;
import org.skymi.sky.prior.SkyPrior;
import org.skymi.survey.Arm;
import org.skymi.survey.InputException;
import org.skymi.survey.Instrument;

/**
 * A base model: what was learnt from many plates before a plate is reduced. Per arm a prior of
 * skies, what is remembered of every fibre, and networks that go on from there. Immutable; {@link
 * #bytes} is the file.
 */
public final class SkyModel {
  static final String MEMORY = "memory.bin";
  static final String RELEASED_PIPELINES = "released-pipelines.bin";
  static final String RELEASED_MEMORY = "released-memory.bin";
  static final String RELEASED_NETWORKS = "released-networks.bin";

  private final String name;
  private final byte[] bytes;

  /** Null until asked for. */
  private String digest;

  private final ModelCard card;
  private final Instrument instrument;
  private final Map<Arm, ModelCard.Grid> grids = new TreeMap<>();
  private final Map<Arm, SkyPrior> priors = new TreeMap<>();
  private final Map<Arm, Patterns> patterns = new TreeMap<>();
  private final Masters masters;
  private final Optional<LinearMemory> memory;
  private final Map<Arm, byte[]> networks = new TreeMap<>();
  private final Optional<ReleasedModel> released;

  private SkyModel(String name, byte[] bytes, ModelFile.Contents contents) {
    this.name = name;
    this.bytes = bytes;
    this.card = contents.card();
    // Plates' names begin with their plans' ids.
    this.instrument =
        card.training().plates().stream()
            .findFirst()
            .map(Instrument::ofPlan)
            .orElse(Instrument.LAMOST);
    for (ModelCard.Grid grid : card.grids()) {
      Arm arm = arm(grid);
      grids.put(arm, grid);
      double[] flat = Binary.doubles(contents.parts().get(basisPart(arm)));
      if (grid.size() < 1 || flat.length != (long) grid.components() * grid.size()) {
        throw new IllegalArgumentException("the basis of arm " + arm + " has another shape");
      }
      double[][] components = new double[grid.components()][grid.size()];
      for (int k = 0; k < components.length; k++) {
        System.arraycopy(flat, k * grid.size(), components[k], 0, grid.size());
      }
      double[] slack = Binary.doubles(contents.parts().get(slackPart(arm)));
      if (slack.length != grid.size()) {
        throw new IllegalArgumentException("the slack of arm " + arm + " has another shape");
      }
      byte[] broad = contents.parts().getOrDefault(broadPart(arm), new byte[0]);
      byte[] own = contents.parts().getOrDefault(patternsPart(arm), new byte[0]);
      patterns.put(arm, Patterns.read(own, grid.size()));
      priors.put(
          arm,
          SkyPrior.of(SkyBasis.of(components), slack, Binary.doubles(broad))
              .with(likeness(arm, grid.size(), contents.parts())));
    }
    Map<Arm, Integer> sizes = new TreeMap<>();
    grids.forEach((arm, grid) -> sizes.put(arm, grid.size()));
    masters = Masters.read(contents.parts(), sizes);
    memory = Optional.ofNullable(contents.parts().get(MEMORY)).map(SkyModel::memory);
    for (Arm arm : instrument.arms()) {
      byte[] part = contents.parts().get(networksPart(arm));
      if (part != null) {
        NetworkFile.read(part);
        networks.put(arm, part);
      }
    }
    released =
        Optional.ofNullable(contents.parts().get(RELEASED_PIPELINES))
            .map(pipelines -> released(pipelines, contents.parts()));
  }

  private static Optional<Likeness> likeness(Arm arm, int size, Map<String, byte[]> parts) {
    byte[] part = parts.get(likenessSlackPart(arm));
    if (part == null) {
      return Optional.empty();
    }
    double[] slack = Binary.doubles(part);
    if (slack.length != size) {
      throw new IllegalArgumentException("the likeness of arm " + arm + " has another shape");
    }
    return Optional.of(new Likeness(slack, Binary.doubles(parts.get(likenessPart(arm)))));
  }

  private static ReleasedModel released(byte[] pipelines, Map<String, byte[]> parts) {
    NetworkFile.read(parts.get(RELEASED_NETWORKS));
    return new ReleasedModel(
        pipelines, memory(parts.get(RELEASED_MEMORY)), parts.get(RELEASED_NETWORKS));
  }

  private Arm arm(ModelCard.Grid grid) {
    return instrument.arms().stream()
        .filter(arm -> arm.name().equals(grid.arm()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a grid of arm " + grid.arm() + ", which its instrument does not have"));
  }

  /**
   * Reads a model.
   *
   * @param file its name, for messages
   * @throws InputException if it is no model, damaged, or of another format
   */
  public static SkyModel read(String file, byte[] bytes) {
    ModelFile.Contents contents = ModelFile.read(file, bytes);
    try {
      return new SkyModel(file, bytes.clone(), contents);
    } catch (IllegalArgumentException | NullPointerException | NegativeArraySizeException e) {
      throw new InputException(file + ": no usable base model: " + e.getMessage(), e);
    }
  }

  /**
   * As {@link #read(String, byte[])}; reads no more than a model can have.
   *
   * @throws IOException if the stream fails
   */
  public static SkyModel read(String file, InputStream stream) throws IOException {
    return read(file, stream.readNBytes(ModelFile.MOST_BYTES + 1));
  }

  /** Where it was read from, for messages. */
  public String name() {
    return name;
  }

  /** The file. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** A file of the same model without its masters, which only an update needs. */
  public byte[] leanBytes() {
    return ModelWriter.withoutMasters(ModelFile.read(name, bytes));
  }

  /** SHA-256 of the file, hexadecimal. */
  public String digest() {
    if (digest == null) {
      digest = ModelFile.sha256(bytes);
    }
    return digest;
  }

  /** The instrument whose plates it was learnt from. */
  public Instrument instrument() {
    return instrument;
  }

  /** What the model is. */
  public ModelCard card() {
    return card;
  }

  /**
   * What an arm's skies are like.
   *
   * @throws InputException if the model knows no such grid
   */
  public SkyPrior prior(SkyGrid grid) {
    ModelCard.Grid own = grids.get(grid.arm());
    boolean same =
        own != null
            && own.size() == grid.spline().size()
            && own.step() == grid.spline().step()
            && own.windows() == grid.windows().size();
    if (!same) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: base model with %s, but the frames' is %s",
              name,
              own == null
                  ? "no grid for the arm " + grid.arm()
                  : "a grid of " + text(own.arm(), own.size(), own.step()),
              text(grid.arm().name(), grid.spline().size(), grid.spline().step())));
    }
    return priors.get(grid.arm());
  }

  private static String text(String arm, int size, double step) {
    return String.format(Locale.ROOT, "%s %d × %.3f Å", arm.toLowerCase(Locale.ROOT), size, step);
  }

  /** The masters that the priors were learnt from; none in models that can't be updated. */
  public Masters masters() {
    return masters;
  }

  private static LinearMemory memory(byte[] part) {
    try {
      return LinearMemory.read(new ByteArrayInputStream(part));
    } catch (IOException e) {
      throw new IllegalArgumentException("its memory of fibres ends too soon", e);
    }
  }

  /** What the model remembers of every fibre; empty if nothing. */
  public Optional<LinearMemory> memory() {
    return memory;
  }

  /** Networks that go on from the memory, by arm, as {@link FrameNetworks#read} takes them. */
  public Map<Arm, byte[]> networks() {
    return Collections.unmodifiableMap(networks);
  }

  /** What it knows of the sky that is left in released spectra; empty if it has learnt of none. */
  public Optional<ReleasedModel> released() {
    return released;
  }

  /** The patterns of lines by arm. */
  public Map<Arm, Patterns> patterns() {
    return Collections.unmodifiableMap(patterns);
  }

  /** The priors by arm. */
  public Map<Arm, SkyPrior> priors() {
    return Collections.unmodifiableMap(priors);
  }

  /** The shapes of the grids by arm. */
  public Map<Arm, ModelCard.Grid> grids() {
    return Collections.unmodifiableMap(grids);
  }

  static String networksPart(Arm arm) {
    return "networks-" + arm.name().toLowerCase(Locale.ROOT) + ".bin";
  }

  static String patternsPart(Arm arm) {
    return "patterns-" + arm.name().toLowerCase(Locale.ROOT) + ".f64";
  }

  static String basisPart(Arm arm) {
    return "basis-" + arm.name().toLowerCase(Locale.ROOT) + ".f64";
  }

  static String broadPart(Arm arm) {
    return "broad-" + arm.name().toLowerCase(Locale.ROOT) + ".f64";
  }

  static String likenessPart(Arm arm) {
    return "likeness-" + arm.name().toLowerCase(Locale.ROOT) + ".f64";
  }

  static String likenessSlackPart(Arm arm) {
    return "likeness-slack-" + arm.name().toLowerCase(Locale.ROOT) + ".f64";
  }

  static String slackPart(Arm arm) {
    return "slack-" + arm.name().toLowerCase(Locale.ROOT) + ".f64";
  }
}
