package org.skymi.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.skymi.simulate.Moon;
import org.skymi.simulate.PlateDesign;
import org.skymi.simulate.PlateSimulator;
import org.skymi.sky.frame.SkyGrid;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.FrameResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.supersky.ArmSky;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.survey.Arm;
import org.skymi.survey.Frame;
import org.skymi.survey.FrameId;

/** Simulated plates of few fibres and pixels, in memory. */
public final class SmallPlates {
  private static final int FIBRES = 26;

  /** Frames that were simulated already, by pixels: many tests read the same plates. */
  private static final Map<Integer, Map<FrameId, Frame>> MADE = new ConcurrentHashMap<>();

  private SmallPlates() {}

  /** A plate of one exposure and two spectrographs, both arms. */
  public static PlateFrames plate(int number, int pixels) {
    PlateSimulator simulator = simulator(number, pixels);
    Map<FrameId, Frame> made = MADE.computeIfAbsent(pixels, p -> new ConcurrentHashMap<>());
    return new PlateFrames() {
      @Override
      public List<FrameId> ids() {
        return simulator.ids();
      }

      @Override
      public Optional<Frame> read(FrameId id) {
        return Optional.of(made.computeIfAbsent(id, i -> simulator.frame(i).frame()));
      }
    };
  }

  /** What makes a plate, and knows its true skies. */
  public static PlateSimulator simulator(int number, int pixels) {
    return new PlateSimulator(
        PlateDesign.of("P" + number, 58000 + number, number)
            .withSpectrographs(2)
            .withFibres(FIBRES)
            .withMoon(Moon.values()[number % Moon.values().length])
            .withPixels(pixels, pixels));
  }

  /** Options of a training that takes no time. */
  public static ReductionOptions quick() {
    return ReductionOptions.defaults().with(new ReductionOptions.Training(2, 0.1, 2e-3, 2, 0));
  }

  /** A base model from the plates 1 to {@code plates}. */
  public static SkyModel pretrain(int plates) throws IOException {
    return pretrain(here(shards(plates, 1)), quick(), new Saved());
  }

  /** The same without networks, from plates of so many pixels. */
  public static SkyModel pretrain(int plates, int pixels) throws IOException {
    ReductionOptions options = quick().with(new ReductionOptions.Training(0, 0, 0, 0, 0));
    return pretrain(here(shards(plates, 1, pixels)), options, new Saved());
  }

  public static SkyModel pretrain(Shards shards, ReductionOptions options, Checkpoints saved)
      throws IOException {
    return new Pretraining(options, "test", line -> {}).train(shards, saved);
  }

  /** The shards of the plates 1 to {@code plates}. */
  static List<TrainingShard> shards(int plates, int shards) throws IOException {
    return shards(plates, shards, 400);
  }

  private static List<TrainingShard> shards(int plates, int shards, int pixels) throws IOException {
    List<TrainingShard> all = new ArrayList<>();
    for (List<Integer> dealt : TrainingShard.deal(plates, shards)) {
      TrainingShard shard = new TrainingShard(plates, Map.of());
      for (int p : dealt) {
        shard.add(p, "P" + (p + 1), "digest of " + (p + 1), plate(p + 1, pixels));
      }
      all.add(shard);
    }
    return all;
  }

  /** Shards in this process, one after the other. */
  public static Shards here(List<TrainingShard> shards) {
    return new Shards() {
      @Override
      public <T> List<T> map(Task<T> task) {
        return shards.stream().map(task::apply).toList();
      }
    };
  }

  /** Checkpoints in memory. */
  public static class Saved implements Checkpoints {
    private byte[] state;
    int saves;

    @Override
    public Optional<byte[]> load() {
      return Optional.ofNullable(state);
    }

    @Override
    public void save(byte[] now) throws IOException {
      state = now;
      saves++;
    }
  }

  /** The grid of the plates of 400 pixels. */
  public static SkyGrid grid(Arm arm) throws IOException {
    return PlateReduction.analyse(plate(1, 400), 0, FirstPass.learning(Map.of())).values().stream()
        .flatMap(e -> e.analysis(-1).arm(arm).stream())
        .map(ArmSky::grid)
        .findFirst()
        .orElseThrow();
  }

  /** All numbers of a plate's skies. */
  public static List<float[]> skies(PlateReduction reduction, PlateFrames plate)
      throws IOException {
    List<float[]> skies = new ArrayList<>();
    reduction.reduce(
        plate,
        (FrameResult r) -> {
          for (FibreResult f : r.fibres()) {
            skies.add(f.skies().get(Method.SMI).sky());
            skies.add(f.skies().get(Method.SMI).ivar());
          }
        });
    return skies;
  }
}
