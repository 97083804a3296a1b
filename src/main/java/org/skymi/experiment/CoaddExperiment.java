package org.skymi.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.skymi.math.RobustStatistics;
import org.skymi.plate.AnalysedPlate;
import org.skymi.plate.FrameAssembly;
import org.skymi.plate.PlateFrames;
import org.skymi.plate.PlateReduction;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.FrameResult;
import org.skymi.sky.judge.HoldOut;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.smi.ReductionOptions;
import org.skymi.survey.Arm;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;
import org.skymi.survey.Instrument;
import org.skymi.survey.SkySpectrum;

/**
 * What real light says of skies: of a spectrograph's co-added spectra with their skies each fibre
 * is left out in turn, and its sky, estimated from the others, is held against what it recorded
 * above its object's smooth light, in bright pixels of sky lines.
 */
public final class CoaddExperiment {
  /** Name of the sky that is nothing but the others' median. */
  public static final String MEDIAN = "plain median of the other fibres";

  /** What is added to a method's name where each pixel is foretold from others. */
  public static final String FORETOLD = ", pixels foretold";

  /** Pixels that are hidden from a fibre together, wide against its lines and its object's. */
  private static final int BLOCK = 60;

  /** Turns in which each pixel is hidden once: a tenth of all that teaches a sky is missing. */
  private static final int TURNS = 10;

  private final Band band;
  private final Set<Method> methods;
  private final long seed;
  private final boolean foretells;

  /**
   * Which pixels judge.
   *
   * @param low Angstrom
   * @param high Angstrom
   * @param bright how often the median over fibres of the survey's sky is its median over the band
   */
  public record Band(double low, double high, double bright) {}

  /**
   * How far skies are from what was recorded.
   *
   * @param pooled NMAD over all fibres' pixels, % of the survey's sky
   * @param typical median over fibres of each one's own NMAD, %
   * @param worst the largest of these, %
   * @param whole as the first, of pixels to which all exposures were added
   */
  public record Score(double pooled, double typical, double worst, double whole) {}

  /**
   * What came out; all in % of the survey's sky, {@code [fibre][bright pixel]}, NaN where unusable.
   *
   * @param noise as stated
   * @param whole 1 where all exposures were added
   * @param residuals by what made the sky, in order
   */
  public record Outcome(double[][] noise, double[][] whole, Map<String, double[][]> residuals) {
    /** Two spectrographs as one, by what made the sky of both. */
    public Outcome and(Outcome other) {
      Map<String, double[][]> both = new LinkedHashMap<>();
      residuals.forEach(
          (name, own) -> {
            if (other.residuals.containsKey(name)) {
              both.put(name, concat(own, other.residuals.get(name)));
            }
          });
      return new Outcome(concat(noise, other.noise), concat(whole, other.whole), both);
    }

    private static double[][] concat(double[][] a, double[][] b) {
      return Stream.of(a, b).flatMap(Arrays::stream).toArray(double[][]::new);
    }

    /** Number of fibres, left out in turn. */
    public int fibres() {
      return noise.length;
    }

    /** Median over the fibres of their bright pixels. */
    public int pixels() {
      return (int)
          RobustStatistics.median(Arrays.stream(noise).mapToDouble(f -> f.length).toArray());
    }

    /** Median over all pixels of the stated noise, %. */
    public double typicalNoise() {
      return RobustStatistics.median(flat(noise));
    }

    /** How far each sky is from what was recorded. */
    public Map<String, Score> scores() {
      Map<String, Score> scores = new LinkedHashMap<>();
      residuals.forEach(
          (name, own) -> {
            double[] each = Arrays.stream(own).mapToDouble(RobustStatistics::nmad).toArray();
            scores.put(
                name,
                new Score(
                    RobustStatistics.nmad(flat(own)),
                    RobustStatistics.median(each),
                    Arrays.stream(each).max().orElse(Double.NaN),
                    RobustStatistics.nmad(ofWhole(own))));
          });
      return scores;
    }

    private double[] ofWhole(double[][] rows) {
      double[] some = flat(rows);
      double[] all = flat(whole);
      for (int k = 0; k < some.length; k++) {
        some[k] = all[k] > 0 ? some[k] : Double.NaN;
      }
      return some;
    }

    private static double[] flat(double[][] rows) {
      return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }
  }

  /**
   * @param methods beside the survey's own and the plain median
   * @param seed of whatever is trained
   * @param foretells whether to judge each sky a second time where its fibre showed nothing: what a
   *     fibre's own pixels tell of its scales, widths and components are their noise and its
   *     object's lines, too
   */
  public CoaddExperiment(Band band, Set<Method> methods, long seed, boolean foretells) {
    this.band = band;
    this.methods = methods;
    this.seed = seed;
    this.foretells = foretells;
  }

  /**
   * Judges one spectrograph.
   *
   * @param spectra of one plate and spectrograph, in order of fibre
   * @return empty if no frame of an arm could be made of them or none has a bright pixel
   */
  public Optional<Outcome> judge(List<SkySpectrum> spectra) throws IOException {
    Optional<FrameResult> result = result(spectra);
    if (result.isEmpty()) {
      return Optional.empty();
    }
    Frame frame = result.get().frame();
    int[] bright = bright(frame);
    if (bright.length == 0) {
      return Optional.empty();
    }
    Map<String, float[][]> skies = new LinkedHashMap<>();
    skies.put(MEDIAN, median(frame));
    Map<Method, float[][]> own = skies(result.get());
    own.forEach((method, sky) -> skies.put(method.title(), sky));
    if (foretells) {
      foretold(spectra, own.keySet())
          .forEach((method, sky) -> skies.put(method.title() + FORETOLD, sky));
    }
    Map<String, double[][]> residuals = new LinkedHashMap<>();
    skies.forEach((name, sky) -> residuals.put(name, residuals(frame, bright, sky)));
    return Optional.of(new Outcome(noise(frame, bright), whole(frame, bright), residuals));
  }

  /** The frame of the band, each fibre left out in turn. */
  private Optional<FrameResult> result(List<SkySpectrum> spectra) throws IOException {
    FrameAssembly assembly = new FrameAssembly(spectra);
    Map<FrameId, Frame> frames = new TreeMap<>();
    for (Arm arm : Instrument.BOSS.arms()) {
      assembly.frame(arm).ifPresent(f -> frames.put(f.id(), f));
    }
    ReductionOptions options =
        ReductionOptions.defaults().with(seed, methods).with(HoldOut.LEAVE_ONE_OUT);
    List<FrameResult> results = new ArrayList<>();
    new PlateReduction(options)
        .reduce(AnalysedPlate.of(PlateFrames.of(frames), options, Optional.empty()), results::add);
    return results.stream().filter(r -> r.frame().id().arm() == arm()).findFirst();
  }

  private Arm arm() {
    return Instrument.BOSS.at(band.low).arm();
  }

  /** The methods that have a sky for each fibre, {@code [fibre][pixel]}. */
  private static Map<Method, float[][]> skies(FrameResult result) {
    Map<Method, float[][]> skies = new EnumMap<>(Method.class);
    for (Method method : Method.values()) {
      float[][] own = new float[result.frame().fibreCount()][];
      for (FibreResult fibre : result.fibres()) {
        own[fibre.fibreIndex()] = fibre.sky(method).map(SkyEstimate::sky).orElse(null);
      }
      if (Arrays.stream(own).allMatch(s -> s != null)) {
        skies.put(method, own);
      }
    }
    return skies;
  }

  /** The same of what is estimated: each pixel by the turn that hid it from its fibre. */
  private Map<Method, float[][]> foretold(List<SkySpectrum> spectra, Set<Method> of)
      throws IOException {
    Map<Method, float[][]> foretold = new EnumMap<>(Method.class);
    for (int turn = 0; turn < TURNS; turn++) {
      FrameResult result = result(hidden(spectra, turn)).orElseThrow();
      float[][] isShown = result.frame().ivar();
      for (Map.Entry<Method, float[][]> method : skies(result).entrySet()) {
        if (method.getKey() == Method.SURVEY || !of.contains(method.getKey())) {
          continue;
        }
        float[][] sky = method.getValue();
        float[][] all =
            foretold.computeIfAbsent(method.getKey(), m -> new float[sky.length][sky[0].length]);
        for (int i = 0; i < sky.length; i++) {
          for (int p = 0; p < sky[i].length; p++) {
            all[i][p] = isShown[i][p] > 0 ? all[i][p] : sky[i][p];
          }
        }
      }
    }
    return foretold;
  }

  /** The spectra without the pixels that are hidden in a turn. */
  private static List<SkySpectrum> hidden(List<SkySpectrum> spectra, int turn) {
    List<SkySpectrum> hidden = new ArrayList<>();
    for (SkySpectrum s : spectra) {
      float[] ivar = s.ivar().clone();
      for (int p = 0; p < ivar.length; p++) {
        // Another block of each fibre: of none is more than a tenth of the fibres' light missing.
        boolean isHidden = ((s.first() + p) / BLOCK + hidden.size()) % TURNS == turn;
        ivar[p] = isHidden ? 0 : ivar[p];
      }
      hidden.add(s.with(ivar));
    }
    return hidden;
  }

  private int[] bright(Frame frame) {
    float[][] sky = frame.coadd().orElseThrow().sky();
    double[] level = new double[frame.pixelCount()];
    for (int p = 0; p < level.length; p++) {
      double x = frame.wavelength()[0][p];
      boolean in = x > band.low && x < band.high;
      level[p] = in ? median(sky, p, -1) : Double.NaN;
    }
    double limit = band.bright * RobustStatistics.median(level);
    return IntStream.range(0, level.length).filter(p -> level[p] > limit).toArray();
  }

  /** Median of a pixel over the fibres but one. */
  private static double median(float[][] values, int pixel, int without) {
    double[] all = new double[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = i == without ? Double.NaN : values[i][pixel];
    }
    return RobustStatistics.median(all);
  }

  private static float[][] median(Frame frame) {
    int n = frame.fibreCount();
    float[][] recorded = new float[n][];
    for (int i = 0; i < n; i++) {
      recorded[i] = recordedSky(frame, i);
    }
    float[][] sky = new float[n][frame.pixelCount()];
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < sky[i].length; p++) {
        sky[i][p] = (float) median(recorded, p, i);
      }
    }
    return sky;
  }

  /** What a fibre recorded above its object's smooth light; NaN where unusable. */
  private static float[] recordedSky(Frame frame, int fibre) {
    float[] sky = frame.flux()[fibre].clone();
    for (int p = 0; p < sky.length; p++) {
      boolean usable = frame.ivar()[fibre][p] > 0;
      sky[p] = usable ? sky[p] - frame.coadd().orElseThrow().object()[fibre][p] : Float.NaN;
    }
    return sky;
  }

  private static double[][] residuals(Frame frame, int[] bright, float[][] sky) {
    double[][] residuals = new double[frame.fibreCount()][bright.length];
    for (int i = 0; i < residuals.length; i++) {
      float[] recorded = recordedSky(frame, i);
      float[] survey = frame.coadd().orElseThrow().sky()[i];
      for (int k = 0; k < bright.length; k++) {
        int p = bright[k];
        residuals[i][k] = 100.0 * (recorded[p] - sky[i][p]) / survey[p];
      }
    }
    return residuals;
  }

  private static double[][] noise(Frame frame, int[] bright) {
    double[][] noise = new double[frame.fibreCount()][bright.length];
    for (int i = 0; i < noise.length; i++) {
      for (int k = 0; k < bright.length; k++) {
        float ivar = frame.ivar()[i][bright[k]];
        float sky = frame.coadd().orElseThrow().sky()[i][bright[k]];
        noise[i][k] = ivar > 0 ? 100 / (Math.sqrt(ivar) * sky) : Double.NaN;
      }
    }
    return noise;
  }

  private static double[][] whole(Frame frame, int[] bright) {
    double[][] whole = new double[frame.fibreCount()][bright.length];
    for (int i = 0; i < whole.length; i++) {
      for (int k = 0; k < bright.length; k++) {
        int mask = frame.mask()[i][bright[k]];
        whole[i][k] = (mask & SkySpectrum.LACKS_EXPOSURE) == 0 ? 1 : 0;
      }
    }
    return whole;
  }
}
