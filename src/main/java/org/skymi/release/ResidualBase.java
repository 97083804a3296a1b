package org.skymi.release;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.skymi.smi.CrossFit;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.ReleasedModel;

/**
 * What a base model knows of the sky that is left in released spectra: by version of the survey's
 * pipeline what it leaves ({@link PipelineResidual}), and the memory and networks of each fibre's
 * share in it ({@link ResidualNetworks}).
 */
public final class ResidualBase {
  private static final int VERSION = 2;

  /** Of all versions together. */
  private static final String ANY = "";

  private static final int MOST = 1000;

  private final TreeMap<String, PipelineResidual> pipelines;
  private final Optional<ReleasedModel> learnt;

  private ResidualBase(
      TreeMap<String, PipelineResidual> pipelines, Optional<ReleasedModel> learnt) {
    this.pipelines = pipelines;
    this.learnt = learnt;
  }

  /**
   * Learns.
   *
   * @param sets of all plates, in any order that is always the same
   * @param options of the training
   * @return what goes into a model's file
   */
  public static ReleasedModel learn(List<SetLesson> sets, ReductionOptions options) {
    TreeMap<String, PipelineResidual> pipelines = new TreeMap<>();
    Map<String, List<SetLesson>> byVersion =
        sets.stream().collect(Collectors.groupingBy(SetLesson::version));
    put(pipelines, ANY, sets, options.seed());
    byVersion.forEach((version, own) -> put(pipelines, version, own, options.seed()));
    List<CrossFit.Placed> frames = sets.stream().map(SetLesson::placed).toList();
    try (ResidualNetworks networks =
        ResidualNetworks.learn(frames, options.training().epochs(), options.seed())) {
      return new ReleasedModel(bytes(pipelines), networks.memory(), networks.bytes());
    }
  }

  private static void put(
      Map<String, PipelineResidual> pipelines, String version, List<SetLesson> sets, long seed) {
    PipelineResidual residual = PipelineResidual.learn(sets, seed);
    if (residual != null) {
      pipelines.put(version, residual);
    }
  }

  /**
   * As a model's file has it.
   *
   * @throws IllegalArgumentException if it is damaged
   */
  public static ResidualBase of(ReleasedModel learnt) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(learnt.pipelines()))) {
      int version = in.readInt();
      int count = in.readInt();
      if (version != VERSION || count < 0 || count > MOST) {
        throw new IllegalArgumentException("residual skies of version " + version);
      }
      TreeMap<String, PipelineResidual> pipelines = new TreeMap<>();
      for (int p = 0; p < count; p++) {
        pipelines.put(in.readUTF(), PipelineResidual.read(in));
      }
      return new ResidualBase(pipelines, Optional.of(learnt));
    } catch (IOException e) {
      throw new IllegalArgumentException("residual skies end too soon", e);
    }
  }

  private static byte[] bytes(Map<String, PipelineResidual> pipelines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      out.writeInt(pipelines.size());
      for (Map.Entry<String, PipelineResidual> e : pipelines.entrySet()) {
        out.writeUTF(e.getKey());
        e.getValue().write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What a version leaves: as it was learnt of that version, or else of all. */
  Optional<PipelineResidual> pipeline(String version) {
    return Optional.ofNullable(pipelines.getOrDefault(version, pipelines.get(ANY)));
  }

  /** The same without memory and networks, for spectra that these have learnt from. */
  public ResidualBase withoutNetworks() {
    return new ResidualBase(pipelines, Optional.empty());
  }

  /** Whether it has memory and networks. */
  boolean hasNetworks() {
    return learnt.isPresent();
  }

  /** Memory and networks, to be closed. */
  ResidualNetworks networks() {
    return ResidualNetworks.read(learnt.orElseThrow());
  }

  /** What it knows, a line for each version of the pipeline. */
  public List<String> lines() {
    return pipelines.entrySet().stream()
        .map(e -> (e.getKey().isEmpty() ? "any version" : e.getKey()) + ": " + e.getValue().line())
        .toList();
  }
}
