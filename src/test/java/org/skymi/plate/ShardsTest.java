package org.skymi.plate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skymi.smi.ReductionOptions;
import org.skymi.smi.SkyModel;
import org.skymi.survey.Arm;
import org.skymi.survey.InputException;

/** Training on shards of the plates. */
class ShardsTest {
  private static final int PLATES = 3;

  private static List<TrainingShard> two;
  private static byte[] undisturbed;
  private static int saves;

  @BeforeAll
  static void train() throws IOException {
    two = SmallPlates.shards(PLATES, 2);
    SmallPlates.Saved saved = new SmallPlates.Saved();
    undisturbed = train(SmallPlates.here(two), saved);
    saves = saved.saves;
  }

  private static byte[] train(Shards shards, Checkpoints saved) throws IOException {
    return SmallPlates.pretrain(shards, SmallPlates.quick(), saved).bytes();
  }

  @Test
  void fewVisitsOfSkyFibresTeachTheMemoryOnly() throws IOException {
    long visits = two.stream().mapToLong(s -> s.visits(Arm.RED)).sum();
    assertThat(visits).isPositive();
    for (long fewest : new long[] {visits, visits + 1}) {
      List<String> lines = new ArrayList<>();
      ReductionOptions options =
          SmallPlates.quick().with(new ReductionOptions.Training(1, 0.1, 2e-3, 0, (int) fewest));
      SkyModel model =
          new Pretraining(options, "test", lines::add)
              .train(SmallPlates.here(two), new SmallPlates.Saved());
      assertThat(model.memory()).isPresent();
      assertThat(model.networks().containsKey(Arm.RED)).isEqualTo(fewest == visits);
      assertThat(String.join("\n", lines).contains("red arm: " + visits + " visits"))
          .isEqualTo(fewest > visits);
    }
  }

  @Test
  void everyPlateIsDealtOnceAndEveryShardHasOneToTrain() {
    for (int plates = 1; plates < 20; plates++) {
      for (int shards = 1; shards < 9; shards++) {
        int all = plates;
        List<List<Integer>> dealt = TrainingShard.deal(plates, shards);
        assertThat(dealt.stream().flatMap(List::stream).sorted())
            .containsExactlyElementsOf(IntStream.range(0, plates).boxed().toList());
        assertThat(dealt)
            .hasSizeLessThanOrEqualTo(shards)
            .allMatch(s -> s.stream().anyMatch(p -> !TrainingPlates.isHeldOut(p, all)));
      }
    }
    assertThatThrownBy(() -> TrainingShard.deal(3, 0)).isInstanceOf(InputException.class);
  }

  @Test
  void aShardThatIsSentElsewhereEveryTimeTrainsTheSame() throws IOException {
    Shards elsewhere =
        new Shards() {
          @Override
          public <T> List<T> map(Task<T> task) {
            List<T> given = new ArrayList<>();
            List<TrainingShard> last = new ArrayList<>(two);
            Collections.reverse(last);
            last.forEach(shard -> given.add(0, task.apply(copy(shard))));
            return given;
          }
        };
    assertThat(train(elsewhere, new SmallPlates.Saved())).isEqualTo(undisturbed);
  }

  private static TrainingShard copy(TrainingShard shard) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(shard);
      out.flush();
      return (TrainingShard)
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTrainingThatWasStoppedGoesOnFromItsLastEpoch() throws IOException {
    for (int last : new int[] {2, saves - 1}) {
      SmallPlates.Saved stopped =
          new SmallPlates.Saved() {
            @Override
            public void save(byte[] now) throws IOException {
              super.save(now);
              if (saves == last) {
                throw new IOException("stopped");
              }
            }
          };
      assertThatThrownBy(() -> train(SmallPlates.here(two), stopped)).hasMessage("stopped");
      assertThat(train(SmallPlates.here(two), stopped)).isEqualTo(undisturbed);
      assertThat(stopped.saves).isEqualTo(saves);
    }
  }

  @Test
  void aCheckpointOfAnotherTrainingIsNotTaken() throws IOException {
    SmallPlates.Saved others = new SmallPlates.Saved();
    train(SmallPlates.here(SmallPlates.shards(2, 1)), others);
    assertThat(train(SmallPlates.here(two), others)).isEqualTo(undisturbed);
    others.save("{damaged".getBytes(StandardCharsets.UTF_8));
    others.saves = 0;
    assertThat(train(SmallPlates.here(two), others)).isEqualTo(undisturbed);
    assertThat(others.saves).isEqualTo(saves);
  }
}
