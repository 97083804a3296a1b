package org.skymi.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skymi.fits.FileIdentity;
import org.skymi.fits.FitsKind;
import org.skymi.fits.FitsRejection.Reason;
import org.skymi.survey.Arm;
import org.skymi.survey.FrameId;
import org.skymi.survey.Night;
import org.skymi.survey.PlateId;

/** Which files belong together, which of them are done, and by what a change is seen. */
class UnitsTest {
  private static final PlateId ONE = new PlateId("P1", 58000);
  private static final PlateId TWO = new PlateId("P2", 58001);
  private static final String ROOT = "file:/archive";

  @Test
  void aFileThatIsNoFrameBelongsToThePlateOfItsFolderIfThereIsOnlyOne() {
    List<PlannedInput> inputs =
        List.of(
            frame("n1/P1/a", ONE, null),
            frame("n1/P1/b", ONE, Reason.DUPLICATE),
            other("n1/P1/c"),
            frame("n2/both/d", ONE, null),
            frame("n2/both/e", TWO, null),
            other("n2/both/f"),
            other("g"));
    List<PlannedUnit> units = Units.of(ROOT, inputs, Selection.ALL);
    assertThat(units)
        .extracting(PlannedUnit::key)
        .containsExactly(
            "P1@58000", "P2@58001", "folder " + ROOT + "/", "folder " + ROOT + "/n2/both");
    assertThat(paths(units.get(0))).containsExactly("n1/P1/a", "n1/P1/b", "n1/P1/c", "n2/both/d");
    assertThat(paths(units.get(1))).containsExactly("n2/both/e");
    assertThat(paths(units.get(2))).containsExactly("g");
    assertThat(paths(units.get(3))).containsExactly("n2/both/f");
    assertThat(units.get(0).bytes()).isEqualTo(40);
  }

  @Test
  void aSelectionIsOfPlatesByHeadersAndOfOtherFilesByFolders() {
    List<PlannedInput> inputs =
        List.of(
            frame(ONE.night().label() + "/P1/a", ONE, null),
            frame("elsewhere/P2/b", TWO, null),
            other(ONE.night().label() + "/lost/c"),
            other("elsewhere/P1/d"));
    assertThat(keys(inputs, Optional.of(ONE.night()), Optional.empty()))
        .containsExactly("P1@58000", "folder " + ROOT + "/" + ONE.night().label() + "/lost");
    assertThat(keys(inputs, Optional.empty(), Optional.of("P1")))
        .containsExactly("P1@58000", "folder " + ROOT + "/elsewhere/P1");
    assertThat(keys(inputs, Optional.of(TWO.night()), Optional.of("P2")))
        .containsExactly("P2@58001");
    assertThat(keys(inputs, Optional.of(TWO.night()), Optional.of("P1"))).isEmpty();
  }

  @Test
  void duplicatesAreReadIfTheFirstCantBe() {
    PlannedInput first = frame("b", ONE, null);
    PlannedInput spare = frame("a", ONE, Reason.DUPLICATE);
    PlannedInput bad = frame("c", ONE, Reason.IDENTITY_MISMATCH);
    PlannedUnit unit = PlannedUnit.ofPlate(ONE, List.of(first, spare, bad, other("d")));
    assertThat(unit.candidates(FitsKind.FRAME))
        .isEqualTo(Map.of(first.identity(), List.of(first, spare)));
    assertThat(unit.candidates(FitsKind.RELEASE_SPECTRUM)).isEmpty();
  }

  @Test
  void anyChangeOfAnInputChangesTheDigest() {
    PlannedInput was = new PlannedInput("a", 1, "f", FileIdentity.OTHER, null);
    String digest = PlannedUnit.ofPlate(ONE, List.of(was)).digest();
    assertThat(PlannedUnit.ofPlate(ONE, List.of(was)).digest()).isEqualTo(digest);
    for (PlannedInput now :
        List.of(
            new PlannedInput("b", 1, "f", FileIdentity.OTHER, null),
            new PlannedInput("a", 2, "f", FileIdentity.OTHER, null),
            new PlannedInput("a", 1, "g", FileIdentity.OTHER, null),
            frame("a", ONE, Reason.EMPTY))) {
      assertThat(PlannedUnit.ofPlate(ONE, List.of(now)).digest()).isNotEqualTo(digest);
    }
    assertThat(new Digest().add("ab").add("c").hex())
        .isNotEqualTo(new Digest().add("a").add("bc").hex());
  }

  @Test
  void reasonsAreCounted() {
    List<Quarantined> bad =
        List.of(
            new Quarantined("a", "frame", "EMPTY", "", ""),
            new Quarantined("b", "frame", "NOT_FITS", "", ""),
            new Quarantined("c", "frame", "EMPTY", "", ""));
    assertThat(new UnitOutcome("k", "w", List.of(), bad, List.of()).reasons())
        .containsExactly(Map.entry("EMPTY", 2), Map.entry("NOT_FITS", 1));
  }

  private static List<String> keys(
      List<PlannedInput> inputs, Optional<Night> night, Optional<String> plan) {
    return Units.of(ROOT, inputs, new Selection(night, plan)).stream()
        .map(PlannedUnit::key)
        .toList();
  }

  private static List<String> paths(PlannedUnit unit) {
    return unit.inputs().stream().map(PlannedInput::path).toList();
  }

  private static PlannedInput frame(String path, PlateId plate, Reason rejection) {
    return new PlannedInput(
        path,
        10,
        "f",
        FileIdentity.frame(new FrameId(plate, plate.lmjd() * 1440, 1, Arm.BLUE)),
        rejection == null ? null : new Quarantined(path, "frame", rejection.name(), "", ""));
  }

  private static PlannedInput other(String path) {
    return new PlannedInput(
        path,
        10,
        "f",
        FileIdentity.OTHER,
        new Quarantined(path, "unknown", Reason.NOT_FITS.name(), "", ""));
  }
}
