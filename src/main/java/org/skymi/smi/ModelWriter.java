package org.skymi.smi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skymi.math.Binary;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.Patterns;
import org.skymi.sky.prior.SkyPrior;
import org.skymi.survey.Arm;

/** Makes base models' files of what was learnt. */
public final class ModelWriter {
  private ModelWriter() {}

  /**
   * Where a model comes from.
   *
   * @param options of the training
   * @param shards whose networks were averaged
   * @param software version of the program
   * @param ancestors digests of the models it was made from, oldest first
   * @param training what it was trained on
   */
  public record Origin(
      ReductionOptions options,
      int shards,
      String software,
      List<String> ancestors,
      ModelCard.Training training) {}

  /**
   * What was learnt of every fibre.
   *
   * @param patterns of lines by arm
   * @param memory linear
   * @param networks that go on from it, by arm, as {@link FrameNetworks#bytes} has them
   * @param released of the sky left in released spectra
   */
  public record Learnt(
      Map<Arm, Patterns> patterns,
      Optional<LinearMemory> memory,
      Map<Arm, byte[]> networks,
      Optional<ReleasedModel> released) {
    /** Of released spectra only. */
    public static Learnt ofReleased(ReleasedModel released) {
      return new Learnt(Map.of(), Optional.empty(), Map.of(), Optional.of(released));
    }
  }

  /**
   * A model of what was learnt.
   *
   * @param priors of skies by arm
   * @param shapes of the grids by arm, for the arms of {@code priors}
   * @param masters that the priors were learnt from
   * @param learnt of every fibre, if anything
   */
  public static SkyModel write(
      Map<Arm, SkyPrior> priors,
      Map<Arm, ModelCard.Grid> shapes,
      Masters masters,
      Learnt learnt,
      Origin origin,
      Map<String, Double> metrics) {
    TreeMap<String, byte[]> parts = new TreeMap<>(masters.parts());
    List<ModelCard.Grid> grids = new ArrayList<>();
    new TreeMap<>(priors)
        .forEach(
            (arm, prior) -> {
              ModelCard.Grid g = shapes.get(arm);
              double[][] components = prior.basis().components();
              parts.put(SkyModel.basisPart(arm), Binary.bytes(Binary.flat(components)));
              parts.put(SkyModel.slackPart(arm), Binary.bytes(prior.slack()));
              parts.put(SkyModel.broadPart(arm), Binary.bytes(prior.broad()));
              prior
                  .likeness()
                  .ifPresent(
                      l -> {
                        parts.put(SkyModel.likenessSlackPart(arm), Binary.bytes(l.slack()));
                        parts.put(SkyModel.likenessPart(arm), Binary.bytes(l.spread()));
                      });
              grids.add(
                  new ModelCard.Grid(g.arm(), g.size(), g.step(), components.length, g.windows()));
            });
    learnt
        .patterns()
        .forEach((arm, patterns) -> parts.put(SkyModel.patternsPart(arm), patterns.bytes()));
    learnt.memory().ifPresent(m -> parts.put(SkyModel.MEMORY, m.bytes()));
    learnt.networks().forEach((arm, part) -> parts.put(SkyModel.networksPart(arm), part));
    learnt.released().ifPresent(r -> put(parts, r));
    byte[] file =
        ModelFile.write(
            listed ->
                new ModelCard(
                    ModelCard.FORMAT,
                    origin.software(),
                    origin.ancestors(),
                    byName(origin),
                    origin.training(),
                    grids,
                    metrics,
                    listed),
            parts);
    return SkyModel.read("the trained model", file);
  }

  private static void put(Map<String, byte[]> parts, ReleasedModel released) {
    parts.put(SkyModel.RELEASED_PIPELINES, released.pipelines());
    parts.put(SkyModel.RELEASED_MEMORY, released.memory().bytes());
    parts.put(SkyModel.RELEASED_NETWORKS, released.networks());
  }

  /** The shapes of grids, as cards have them, with no components yet. */
  public static Map<Arm, ModelCard.Grid> shapes(Map<Arm, SkyGrid> grids) {
    Map<Arm, ModelCard.Grid> shapes = new TreeMap<>();
    grids.forEach(
        (arm, g) ->
            shapes.put(
                arm,
                new ModelCard.Grid(
                    arm.name(), g.spline().size(), g.spline().step(), 0, g.windows().size())));
    return shapes;
  }

  /** A model of frames that knows released spectra, too. */
  public static SkyModel joined(SkyModel frames, SkyModel released) {
    ModelFile.Contents a = ModelFile.read(frames.name(), frames.bytes());
    ModelFile.Contents b = ModelFile.read(released.name(), released.bytes());
    TreeMap<String, byte[]> parts = new TreeMap<>(a.parts());
    parts.putAll(b.parts());
    ModelCard.Training old = a.card().training();
    ModelCard.Training more = b.card().training();
    List<String> plates = new ArrayList<>(old.plates());
    more.plates().stream().filter(p -> !plates.contains(p)).forEach(plates::add);
    String inventory = old.inventory() + "\n" + more.inventory();
    ModelCard.Training training =
        new ModelCard.Training(
            ModelFile.sha256(inventory.getBytes(StandardCharsets.UTF_8)),
            plates,
            old.heldOut(),
            old.exposures(),
            old.masters(),
            old.skyFibres(),
            old.objectFibres() + more.objectFibres());
    return SkyModel.read("the trained model", write(a.card(), training, parts));
  }

  private static byte[] write(
      ModelCard card, ModelCard.Training training, TreeMap<String, byte[]> parts) {
    return ModelFile.write(
        listed ->
            new ModelCard(
                card.format(),
                card.software(),
                card.ancestors(),
                card.options(),
                training,
                card.grids(),
                card.metrics(),
                listed),
        parts);
  }

  /** A file without masters. */
  static byte[] withoutMasters(ModelFile.Contents contents) {
    TreeMap<String, byte[]> parts = new TreeMap<>(contents.parts());
    parts.keySet().removeIf(Masters::isPart);
    return write(contents.card(), contents.card().training(), parts);
  }

  private static Map<String, String> byName(Origin origin) {
    Map<String, String> values = origin.options().byName();
    values.put("shards", String.valueOf(origin.shards()));
    return values;
  }
}
