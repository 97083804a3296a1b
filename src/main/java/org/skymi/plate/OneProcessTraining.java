package org.skymi.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skymi.smi.FrameNetworks;
import org.skymi.smi.Layout;
import org.skymi.smi.NetworkSettings;

/**
 * Training in this process, on frames that are brought here: the same networks to the bit wherever
 * the shards are. The epoch that held-out plates like best is kept.
 */
final class OneProcessTraining implements FrameTraining {
  private final Shards shards;

  OneProcessTraining(Shards shards) {
    this.shards = shards;
  }

  @Override
  public FrameNetworks train(
      NetworkSettings settings,
      Layout layout,
      Frames frames,
      Checkpoints checkpoints,
      TrainingLog log)
      throws IOException {
    List<FrameNetworks.Seen> taught = all(frames.taught());
    List<FrameNetworks.Seen> heldOut = all(frames.heldOut());
    try (FrameNetworks.Training training =
        new FrameNetworks.Training(settings, layout, taught, heldOut)) {
      Optional<byte[]> saved = checkpoints.load();
      if (saved.isPresent()) {
        training.resume(saved.get());
        log.line("resumed after " + training.done() + " epochs");
      }
      while (!training.isDone()) {
        training.epoch();
        checkpoints.save(training.state());
        log.progress("epochs", training.done(), settings.training().epochs());
      }
      log.line(
          String.format(
              Locale.ROOT,
              "trained on %d frames; %d held out: loss %.3f nat a fibre, of the memory alone %.3f",
              taught.size(),
              heldOut.size(),
              training.least(),
              training.before()));
      return training.best();
    }
  }

  private List<FrameNetworks.Seen> all(Shards.Task<List<FrameNetworks.Seen>> frames) {
    List<FrameNetworks.Seen> all = new ArrayList<>();
    shards.map(frames).forEach(all::addAll);
    return all;
  }
}
