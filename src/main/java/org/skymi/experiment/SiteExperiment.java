package org.skymi.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.skymi.math.BandedNormal;
import org.skymi.plate.PatternSample;
import org.skymi.report.Digits;
import org.skymi.report.Page;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.memory.ArmCorrections;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.sky.memory.Prediction;
import org.skymi.sky.prior.Companions;
import org.skymi.sky.prior.SkyBasis;
import org.skymi.sky.prior.SkyPrior;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.PipelineSky;
import org.skymi.sky.supersky.SuperSky;
import org.skymi.sky.supersky.SuperSkyOptions;
import org.skymi.smi.Adaptation;
import org.skymi.smi.CrossFit;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.TrainingStep;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;
import org.skymi.survey.SkyBand;

/**
 * What memory and networks are worth: learnt from some simulated plates of a site, judged by the
 * truth of object fibres on other plates of other nights, beside the classical skies. Frames, their
 * classical analysis and the memory are the same for all variants of the networks.
 */
public final class SiteExperiment {
  private static final String FULL = "full";

  private final Plan plan;
  private final Consumer<String> progress;
  private final Map<String, SkyTally> tallies = new LinkedHashMap<>();
  private final List<Model> models = new ArrayList<>();
  private final Map<Arm, int[]> steps = new TreeMap<>();
  private final Map<Arm, NetworkContents> contents = new TreeMap<>();
  private SiteArchive archive;
  private double applied;
  private double drawn;
  private int exposures;

  /**
   * What is done.
   *
   * @param curve numbers of plates to learn from, in rising order
   * @param orders of the memory
   * @param variants of the networks, trained for each number of plates
   * @param epochs that networks train at the most
   * @param seed of the networks
   */
  public record Plan(
      int[] curve, MemoryShape.Orders orders, List<SmiVariant> variants, int epochs, long seed) {}

  /** What was learnt from a number of plates; networks by the variant that trained them. */
  private record Model(SiteArchive.Learnt learnt, Map<SmiVariant, Map<Arm, byte[]>> networks) {}

  /**
   * @param progress told of every step
   */
  public SiteExperiment(Plan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @param learnt plates to learn from, as many as the curve's last number
   * @param judged plates to judge by
   */
  public void run(List<PlateDesign> learnt, List<PlateDesign> judged) {
    archive = new SiteArchive(learnt.get(0).fibres(), plan.orders());
    int first = Math.min(plan.curve()[0], PatternSample.MOST_PLATES);
    long begin = System.nanoTime();
    archive.learnPatterns(
        learnt.subList(0, first).stream().flatMap(d -> SimulatedExposure.of(d).stream()));
    tell(begin, "patterns of lines from %d plates", first);
    for (int plate = 0; plate < learnt.size(); plate++) {
      long start = System.nanoTime();
      for (SimulatedExposure exposure : SimulatedExposure.of(learnt.get(plate))) {
        archive.add(plate, exposure);
      }
      tell(start, "%s: analysed", learnt.get(plate).planId());
    }
    for (int plates : plan.curve()) {
      models.add(learn(plates));
    }
    for (int plate = 0; plate < judged.size(); plate++) {
      long start = System.nanoTime();
      judge(plate, judged.get(plate));
      tell(start, "%s: judged", judged.get(plate).planId());
    }
  }

  private void tell(long start, String format, Object... values) {
    progress.accept(
        String.format(Locale.ROOT, format, values)
            + String.format(Locale.ROOT, " in %.1f s", (System.nanoTime() - start) / 1e9));
  }

  private Model learn(int plates) {
    SiteArchive.Learnt learnt = archive.learn(plates);
    progress.accept(
        String.format(
            Locale.ROOT,
            "memory of %d plates: %.3f s a frame, a file of %.2f MB",
            plates,
            learnt.seconds(),
            learnt.memory().bytes().length / 1e6));
    for (int spectrograph : learnt.memory().epochs().spectrographs()) {
      progress.accept(
          "spectrograph "
              + spectrograph
              + " is another one from "
              + learnt.memory().epochs().nights(spectrograph));
    }
    Map<SmiVariant, Map<Arm, byte[]>> networks = new EnumMap<>(SmiVariant.class);
    if (!plan.variants().isEmpty()) {
      Map<Arm, SiteArchive.Taught> taught = archive.taught(learnt);
      for (SmiVariant variant : plan.variants()) {
        long start = System.nanoTime();
        if (!networks.containsKey(variant.trained())) {
          networks.put(
              variant.trained(),
              archive.networks(taught, variant.trained(), plan.epochs(), plan.seed()));
          tell(start, "%s of %d plates: trained", variant.trained().label(), plates);
        }
      }
    }
    return new Model(learnt, networks);
  }

  /** A frame that is judged. */
  private record Judged(int plate, Moon moon, SimulatedExposure exposure, Arm arm) {
    ArmSky sky() {
      return exposure.sky().arm(arm).orElseThrow();
    }

    SimulatedFrame frame() {
      return exposure.frame(arm);
    }

    /** What the other spectrographs of its exposure say of the sky. */
    List<BandedNormal> others(List<Judged> frames) {
      return frames.stream()
          .filter(f -> f != this && f.exposure.id().lmjm() == exposure.id().lmjm())
          .map(f -> f.sky().normal())
          .toList();
    }

    boolean isTarget(int fibre) {
      return frame().frame().fibres().type()[fibre].isTarget()
          && !exposure.clean(arm).isDead(fibre);
    }
  }

  /**
   * A frame on the sky that a prior makes of it, as plates are reduced: its fibres' equations are
   * of the sky as its own spectrograph has it, its skies of what the exposure's others say, too.
   */
  private static final class Corrected {
    final Judged judged;
    final CleanFrame clean;
    final SkyBasis.Projection common;
    final ArmCorrections corrections;
    final FrameEquations equations;

    Corrected(Judged judged, SiteArchive.Learnt learnt, List<Judged> frames) {
      this.judged = judged;
      this.clean = judged.exposure.clean(judged.arm);
      ArmSky sky = judged.sky();
      SkyPrior prior = learnt.priors().get(judged.arm);
      SkyBasis.Projection alone = prior.fit(sky.grid(), sky.normal());
      equations =
          corrections(alone, learnt)
              .equations(
                  FrameEquations.When.of(judged.exposure.id()),
                  judged.exposure.id().spectrograph());
      common =
          Companions.of(prior, sky.grid(), judged.others(frames))
              .flatMap(c -> c.fit(sky.normal(), alone))
              .orElse(alone);
      corrections = corrections(common, learnt);
    }

    private ArmCorrections corrections(SkyBasis.Projection sky, SiteArchive.Learnt learnt) {
      return new ArmCorrections(
          judged.exposure.sky(),
          sky.coefficients(),
          learnt.patterns().get(judged.arm),
          clean,
          i -> true);
    }

    Sky[] skies(Prediction[] z) {
      return corrections.skies(z, common.variance(), i -> !clean.isDead(i));
    }

    CrossFit.Placed placed() {
      return CrossFit.Placed.alongSlit(equations, equations.fibres().length);
    }
  }

  private void judge(int plate, PlateDesign design) {
    List<SimulatedExposure> own = SimulatedExposure.of(design);
    for (Arm arm : Instrument.LAMOST.arms()) {
      List<Judged> frames =
          own.stream()
              .filter(e -> e.sky().arm(arm).filter(ArmSky::hasSky).isPresent())
              .map(e -> new Judged(plate, design.moon(), e, arm))
              .toList();
      frames.forEach(this::judgeClassical);
      for (Model model : models) {
        List<Corrected> corrected =
            frames.stream().map(f -> new Corrected(f, model.learnt(), frames)).toList();
        corrected.forEach(frame -> judgeMemory(frame, model.learnt()));
        for (SmiVariant variant : plan.variants()) {
          judgeNetworks(corrected, model, variant, arm);
        }
      }
    }
    exposures += own.size();
  }

  private void judgeClassical(Judged frame) {
    CleanFrame clean = frame.exposure.clean(frame.arm);
    PipelineSky pipeline = PipelineSky.learn(frame.sky(), clean, SuperSkyOptions.pipeline());
    double[][] wavelength = frame.frame().frame().wavelength();
    judge("super", frame, i -> pipeline.sky(i, wavelength[i]), i -> true);
    judge(
        FULL,
        frame,
        i -> SuperSky.full(frame.exposure.sky(), frame.sky(), i, wavelength[i]),
        i -> true);
  }

  private void judgeMemory(Corrected frame, SiteArchive.Learnt learnt) {
    boolean isLast = learnt.plates() == plan.curve()[plan.curve().length - 1];
    if (isLast) {
      Prediction[] none = new Prediction[frame.clean.fibres()];
      Arrays.fill(none, Prediction.none(Instrument.LAMOST.arm(frame.judged.arm)));
      long start = System.nanoTime();
      Sky[] classical = frame.skies(none);
      drawn += (System.nanoTime() - start) / 1e9;
      judge("full + prior of skies", frame.judged, i -> classical[i], i -> true);
    }
    long start = System.nanoTime();
    Sky[] own = frame.skies(learnt.memory().posterior(frame.equations, i -> true));
    applied += isLast ? (System.nanoTime() - start) / 1e9 : 0;
    judge(memory(learnt), frame.judged, i -> own[i], i -> true);
    if (isLast) {
      judgeByTimes(memory(learnt), frame.judged, own, learnt);
    }
  }

  /** Apart by how often fibres were sky fibres. */
  private void judgeByTimes(String name, Judged frame, Sky[] own, SiteArchive.Learnt learnt) {
    int[] times = learnt.timesSky().get(frame.exposure.id().spectrograph());
    judge(name + ", never sky", frame, i -> own[i], i -> times[i] == 0);
    judge(name + ", sky 1-3 times", frame, i -> own[i], i -> times[i] > 0 && times[i] < 4);
    judge(name + ", sky oftener", frame, i -> own[i], i -> times[i] >= 4);
  }

  private static String memory(SiteArchive.Learnt learnt) {
    return "memory of " + learnt.plates();
  }

  private void judgeNetworks(List<Corrected> frames, Model model, SmiVariant variant, Arm arm) {
    byte[] bytes = model.networks().get(variant.trained()).get(arm);
    String name = variant.label() + " of " + model.learnt().plates();
    boolean isLast = model == models.get(models.size() - 1);
    try (FrameNetworks networks = FrameNetworks.read(bytes)) {
      if (variant == SmiVariant.DEFAULT && isLast) {
        look(networks, frames, model.learnt(), arm);
      }
      if (variant.adapts()) {
        adapt(networks, frames, model.learnt(), variant, arm);
      }
      for (Corrected frame : frames) {
        Prediction[] z =
            networks
                .expect(List.of(CrossFit.asked(model.learnt().memory(), frame.placed())))
                .get(0);
        for (int i = 0; i < z.length; i++) {
          if (!frame.clean.isDead(i) && variant.seesItself()) {
            z[i] = z[i].posterior(frame.equations.fibres()[i].equations());
          }
        }
        Sky[] own = frame.skies(z);
        judge(name, frame.judged, i -> own[i], i -> true);
        if (variant == SmiVariant.DEFAULT && isLast) {
          judgeByTimes(name, frame.judged, own, model.learnt());
        }
      }
    }
  }

  /** Looks at what the networks hold of judged frames, before they are trained on them. */
  private void look(
      FrameNetworks networks, List<Corrected> frames, SiteArchive.Learnt learnt, Arm arm) {
    NetworkContents held = contents.get(arm);
    if (held == null) {
      held = new NetworkContents();
      archive.fill(held, networks, learnt, arm);
      contents.put(arm, held);
    }
    for (Corrected frame : frames) {
      held.judge(
          networks, CrossFit.asked(learnt.memory(), frame.placed()), frame.judged.frame().hidden());
    }
  }

  private void adapt(
      FrameNetworks networks,
      List<Corrected> frames,
      SiteArchive.Learnt learnt,
      SmiVariant variant,
      Arm arm) {
    List<FrameNetworks.Seen> seen =
        CrossFit.ofPlate(learnt.memory(), frames.stream().map(Corrected::placed).toList());
    List<TrainingStep> own =
        networks.adapt(seen, new Adaptation(4, true, true, plan.seed()), -1, arm.letter());
    if (variant == SmiVariant.DEFAULT) {
      int[] kept = steps.computeIfAbsent(arm, a -> new int[2]);
      kept[0] += own.stream().anyMatch(TrainingStep::isProgress) ? 1 : 0;
      kept[1]++;
    }
  }

  private void judge(String method, Judged judged, Function<Integer, Sky> sky, IntPredicate which) {
    SimulatedFrame frame = judged.frame();
    SkyTally.Frame tally = tallies.computeIfAbsent(method, m -> new SkyTally()).new Frame();
    for (int i = 0; i < frame.frame().fibreCount(); i++) {
      if (judged.isTarget(i) && which.test(i)) {
        tally.add(sky.apply(i), frame.truthSky()[i], frame.frame().wavelength()[i]);
      }
    }
    tally.done(judged.plate, judged.moon);
  }

  /** Seconds that drawing all skies without a memory took, a spectrograph-exposure. */
  public double drawnSeconds() {
    return drawn / Math.max(1, exposures);
  }

  /** Seconds that applying the memory took beyond that, a spectrograph-exposure. */
  public double appliedSeconds() {
    return (applied - drawn) / Math.max(1, exposures);
  }

  /**
   * The tables.
   *
   * @param reference method that others are compared with: {@code full}, or {@code memory} for the
   *     memory of as many plates
   * @param byMoon whether plates of different moons are apart
   */
  public String text(String reference, boolean byMoon, boolean markdown) {
    Page page = new Page(markdown);
    Map<String, Moon> moons = new LinkedHashMap<>();
    if (byMoon) {
      for (Moon moon : Moon.values()) {
        moons.put(moon.name().toLowerCase(Locale.ROOT) + ", ", moon);
      }
    } else {
      moons.put("", null);
    }
    String over = " (over " + reference + "'s, +- from plate to plate)";
    page.table("Error per pixel, %" + over, table(moons, SkyTally.Score::pixel, reference, true));
    page.table(
        "Scatter of the band mean, %" + over,
        table(moons, SkyTally.Score::scatter, reference, true));
    page.table("Bias of the band mean, %", table(moons, SkyTally.Score::bias, reference, false));
    page.table(
        "Pixels within the stated error, %", table(moons, SkyTally::cover, reference, false));
    if (!steps.isEmpty()) {
      List<String> kept = new ArrayList<>();
      new TreeMap<>(steps)
          .forEach((arm, k) -> kept.add(k[0] + " of " + k[1] + " in the " + arm.label() + " arm"));
      page.paragraph("Plates that kept a step of their training: " + String.join(", ", kept));
    }
    contents.forEach(
        (arm, held) -> {
          String of = " of what is hidden, %s arm: R², learnt on the archive";
          String share = String.format(Locale.ROOT, of, arm.label());
          page.table("What an exposure's common part tells" + share, held.common());
          page.table(
              "What a fibre's own part tells" + share + "'s other fibres", held.individual());
        });
    return page.toString();
  }

  private List<String[]> table(
      Map<String, Moon> moons, SkyTally.Value what, String reference, boolean ratio) {
    List<String> heading = new ArrayList<>(List.of("method"));
    for (SkyBand band : Instrument.LAMOST.bands()) {
      heading.add(String.format(Locale.ROOT, "%.0f-%.0f", band.low(), band.high()));
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(heading.toArray(String[]::new));
    moons.forEach(
        (label, moon) ->
            tallies.forEach(
                (method, tally) -> {
                  SkyTally other = tallies.get(rival(method, reference));
                  List<String> row = new ArrayList<>(List.of(label + method));
                  for (SkyBand band : Instrument.LAMOST.bands()) {
                    row.add(text(tally.figure(what, band, other, moon), ratio));
                  }
                  rows.add(row.toArray(String[]::new));
                }));
    return rows;
  }

  /** The memory of as many plates, or of the most. */
  private String rival(String method, String reference) {
    if (!reference.equals("memory")) {
      return reference;
    }
    return "memory of "
        + models.stream()
            .map(m -> m.learnt().plates())
            .filter(n -> method.matches(".* of " + n + "\\b.*"))
            .findFirst()
            .orElse(plan.curve()[plan.curve().length - 1]);
  }

  private static String text(SkyTally.Figure figure, boolean ratio) {
    String value = Digits.three(figure.value());
    if (!ratio) {
      return value;
    }
    return Double.isNaN(figure.error())
        ? String.format(Locale.ROOT, "%s (%.2f)", value, figure.ratio())
        : String.format(
            Locale.ROOT, "%s (%.3f±%.3f)", value, figure.ratio(), figure.ratio() * figure.error());
  }
}
