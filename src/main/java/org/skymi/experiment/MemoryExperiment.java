package org.skymi.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.skymi.report.Digits;
import org.skymi.report.TextTable;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.SimulatedFrame;
import org.skymi.sky.frame.CleanFrame;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.memory.ArmCorrections;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.MemoryShape;
import org.skymi.sky.memory.Prediction;
import org.skymi.sky.prior.SkyBasis;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.sky.supersky.SuperSky;
import org.skymi.smi.CrossFit;
import org.skymi.smi.FrameNetworks;
import org.skymi.survey.Arm;
import org.skymi.survey.SkyBand;

/**
 * What a memory of the instrument is worth: learnt from some simulated plates of a site, judged by
 * the truth of object fibres on other plates of other nights, beside the best classical sky.
 */
public final class MemoryExperiment {
  private static final String FULL = "full";

  private final MemoryShape.Orders orders;
  private final int[] curve;
  private final Consumer<String> progress;
  private final Map<Moon, Map<String, MemoryTally>> tallies = new EnumMap<>(Moon.class);
  private OptionalLong seed = OptionalLong.empty();
  private Map<Arm, FrameNetworks> networks = Map.of();
  private double applied;
  private int exposures;

  /**
   * @param orders of the memory
   * @param curve numbers of plates to learn from, in rising order
   * @param progress told of every step
   */
  public MemoryExperiment(MemoryShape.Orders orders, int[] curve, Consumer<String> progress) {
    this.orders = orders;
    this.curve = curve.clone();
    this.progress = progress;
  }

  /** Has networks trained on all plates and judged beside the memory. */
  public MemoryExperiment withNetworks(long networkSeed) {
    seed = OptionalLong.of(networkSeed);
    return this;
  }

  /**
   * Runs it.
   *
   * @param learnt plates to learn from, as many as the curve's last number
   * @param judged plates to judge by
   */
  public void run(List<PlateDesign> learnt, List<PlateDesign> judged) {
    MemoryArchive archive = new MemoryArchive();
    for (int plate = 0; plate < learnt.size(); plate++) {
      long start = System.nanoTime();
      double analysis = 0;
      for (SimulatedExposure exposure : SimulatedExposure.of(learnt.get(plate))) {
        archive.add(plate, exposure);
        analysis += exposure.seconds();
      }
      tell("%s: %.1f s, of which classical %.1f", learnt.get(plate).planId(), start, analysis);
    }
    int fibres = learnt.get(0).fibres();
    List<MemoryArchive.Learnt> models = new ArrayList<>();
    for (int plates : curve) {
      MemoryArchive.Learnt model = archive.learn(plates, fibres, orders);
      models.add(model);
      progress.accept(
          String.format(
              Locale.ROOT,
              "%d plates: learnt in %.3f s a frame, a file of %.2f MB",
              plates,
              model.seconds(),
              model.memory().bytes().length / 1e6));
    }
    if (seed.isPresent()) {
      long start = System.nanoTime();
      networks = archive.networks(fibres, orders, seed.getAsLong());
      progress.accept(
          String.format(
              Locale.ROOT, "networks: trained in %.1f s", (System.nanoTime() - start) / 1e9));
    }
    for (PlateDesign design : judged) {
      long start = System.nanoTime();
      double before = applied;
      for (SimulatedExposure exposure : SimulatedExposure.of(design)) {
        for (Arm arm : Arm.values()) {
          judge(exposure, arm, models, design.moon());
        }
        exposures++;
      }
      tell("%s: %.1f s, of which memory %.1f", design.planId(), start, applied - before);
    }
  }

  private void tell(String format, String plan, long start, double part) {
    progress.accept(
        String.format(Locale.ROOT, format, plan, (System.nanoTime() - start) / 1e9, part));
  }

  private void judge(
      SimulatedExposure exposure, Arm arm, List<MemoryArchive.Learnt> models, Moon moon) {
    ArmSky sky = exposure.sky().arm(arm).filter(ArmSky::hasSky).orElse(null);
    if (sky == null) {
      return;
    }
    Map<String, MemoryTally> of = tallies.computeIfAbsent(moon, m -> new LinkedHashMap<>());
    SimulatedFrame frame = exposure.frame(arm);
    judge(of, FULL, exposure, arm, i -> full(exposure, sky, frame, i));
    CleanFrame clean = exposure.clean(arm);
    for (MemoryArchive.Learnt model : models) {
      long start = System.nanoTime();
      SkyBasis.Projection pooled = model.priors().get(arm).fit(sky.grid(), sky.normal());
      ArmCorrections corrections = new ArmCorrections(exposure.sky(), pooled.coefficients(), clean);
      FrameEquations equations =
          corrections.equations(
              FrameEquations.When.of(exposure.id()), exposure.id().spectrograph(), i -> false);
      Prediction[] z = model.memory().posterior(equations, i -> true);
      Sky[] own = corrections.skies(z, pooled.variance(), i -> true, i -> !clean.isDead(i));
      applied += model == models.get(models.size() - 1) ? (System.nanoTime() - start) / 1e9 : 0;
      judge(of, "memory of " + model.plates(), exposure, arm, i -> own[i]);
    }
    if (networks.containsKey(arm)) {
      judgeNetworks(of, exposure, arm, models.get(models.size() - 1));
    }
    SkyBasis.Projection pooled =
        models.get(models.size() - 1).priors().get(arm).fit(sky.grid(), sky.normal());
    ArmCorrections corrections = new ArmCorrections(exposure.sky(), pooled.coefficients(), clean);
    Prediction[] none = new Prediction[clean.fibres()];
    Arrays.fill(none, Prediction.none(arm));
    Sky[] own = corrections.skies(none, pooled.variance(), i -> true, i -> !clean.isDead(i));
    judge(of, "full + prior of skies", exposure, arm, i -> own[i]);
  }

  private void judgeNetworks(
      Map<String, MemoryTally> of,
      SimulatedExposure exposure,
      Arm arm,
      MemoryArchive.Learnt model) {
    ArmSky sky = exposure.sky().arm(arm).orElseThrow();
    SkyBasis.Projection pooled = model.priors().get(arm).fit(sky.grid(), sky.normal());
    CleanFrame clean = exposure.clean(arm);
    ArmCorrections corrections = new ArmCorrections(exposure.sky(), pooled.coefficients(), clean);
    FrameEquations equations =
        corrections.equations(
            FrameEquations.When.of(exposure.id()), exposure.id().spectrograph(), i -> false);
    CrossFit.Placed placed = CrossFit.Placed.alongSlit(equations, equations.fibres().length);
    Prediction[] expected =
        networks.get(arm).expect(List.of(CrossFit.asked(model.memory(), placed))).get(0);
    Prediction[] z = expected.clone();
    for (int i = 0; i < z.length; i++) {
      z[i] = clean.isDead(i) ? z[i] : z[i].posterior(equations.fibres()[i].equations());
    }
    Sky[] own = corrections.skies(z, pooled.variance(), i -> true, i -> !clean.isDead(i));
    judge(of, "smi: networks on memory of " + model.plates(), exposure, arm, i -> own[i]);
  }

  private static Sky full(SimulatedExposure exposure, ArmSky sky, SimulatedFrame frame, int fibre) {
    return SuperSky.full(exposure.sky(), sky, fibre, frame.frame().wavelength()[fibre]);
  }

  private static void judge(
      Map<String, MemoryTally> of,
      String method,
      SimulatedExposure exposure,
      Arm arm,
      Function<Integer, Sky> sky) {
    SimulatedFrame frame = exposure.frame(arm);
    MemoryTally.Frame tally = of.computeIfAbsent(method, m -> new MemoryTally()).new Frame();
    for (int i = 0; i < frame.frame().fibreCount(); i++) {
      boolean target = frame.frame().fibres().type()[i].isTarget();
      if (target && !exposure.clean(arm).isDead(i)) {
        tally.add(sky.apply(i), frame.truthSky()[i], frame.frame().wavelength()[i]);
      }
    }
    tally.done();
  }

  /** Seconds that applying took, a spectrograph-exposure. */
  public double appliedSeconds() {
    return applied / Math.max(1, exposures);
  }

  /** The tables. */
  public String text() {
    StringBuilder text = new StringBuilder();
    table(text, "Error per pixel, % (over full's)", MemoryTally::pixel, true);
    table(text, "Scatter of the band mean, % (over full's)", MemoryTally::scatter, true);
    table(text, "Bias of the band mean, %", MemoryTally::bias, false);
    table(text, "Pixels within the stated error, %", MemoryTally::cover, false);
    return text.toString();
  }

  private void table(
      StringBuilder text, String title, Function<MemoryTally, double[]> value, boolean ratio) {
    List<String> heading = new ArrayList<>(List.of("moon, method"));
    for (SkyBand band : SkyBand.values()) {
      heading.add(String.format(Locale.ROOT, "%.0f-%.0f", band.low(), band.high()));
    }
    TextTable table = new TextTable(heading.toArray(String[]::new));
    tallies.forEach(
        (moon, methods) ->
            methods.forEach(
                (method, tally) -> {
                  List<String> row =
                      new ArrayList<>(
                          List.of(moon.name().toLowerCase(Locale.ROOT) + ", " + method));
                  double[] own = value.apply(tally);
                  double[] full = value.apply(methods.get(FULL));
                  for (int b = 0; b < own.length; b++) {
                    String over = String.format(Locale.ROOT, " (%.2f)", own[b] / full[b]);
                    row.add(Digits.three(own[b]) + (ratio ? over : ""));
                  }
                  table.row(row.toArray(String[]::new));
                }));
    text.append(title).append('\n').append(table).append('\n');
  }
}
