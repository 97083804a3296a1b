package org.skymi.campaign;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skymi.fits.FitsKind;
import org.skymi.smi.SkyModel;
import org.skymi.survey.InputException;
import org.skymi.survey.Instrument;

/**
 * Which base model, by its digest, each plate of a run is reduced with: none, one and the same, or
 * of two that have learnt from halves of the nights the one that has not seen the plate's night.
 */
public final class ModelChoice {
  /** Instead of a digest: no model. */
  public static final String NONE = "none";

  /** Between two digests. */
  static final String AND = "+";

  private final List<Known> models;
  private final Optional<NightHalves> halves;
  private final Optional<Instrument> instrument;

  private record Known(String digest, List<String> ancestors) {
    boolean succeeds(String other) {
      return digest.equals(other) || ancestors.contains(other);
    }
  }

  private ModelChoice(
      List<Known> models, Optional<NightHalves> halves, Optional<Instrument> instrument) {
    this.models = models;
    this.halves = halves;
    this.instrument = instrument;
  }

  /** One model for all plates, known by its digest or {@link #NONE}. */
  public static ModelChoice of(String digest) {
    return of(digest, List.of());
  }

  /** The same of a model that was made from others. */
  static ModelChoice of(String digest, List<String> ancestors) {
    return new ModelChoice(
        List.of(new Known(digest, ancestors)), Optional.empty(), Optional.empty());
  }

  /**
   * The choice among models: of none none, of one this one, of two the one that is to judge.
   *
   * @throws InputException if two have learnt from the same night, or there are more
   */
  public static ModelChoice of(List<SkyModel> models) {
    if (models.isEmpty()) {
      return of(NONE);
    }
    List<Known> known =
        models.stream().map(m -> new Known(m.digest(), m.card().ancestors())).toList();
    if (models.size() == 1) {
      return new ModelChoice(known, Optional.empty(), Optional.empty());
    }
    if (models.size() > NightHalves.HALVES) {
      throw new InputException("a campaign has two base models at the most, not " + models.size());
    }
    NightHalves halves =
        new NightHalves(models.stream().map(m -> m.card().training().nights()).toList());
    return new ModelChoice(known, Optional.of(halves), Optional.of(models.get(0).instrument()));
  }

  /** Identity of all of them: their digests, in order of the halves. */
  public String digest() {
    return models.stream().map(Known::digest).collect(Collectors.joining(AND));
  }

  /** The model of a unit; none for what two models were not learnt for. */
  public String of(PlannedUnit unit) {
    if (halves.isEmpty()) {
      return models.get(0).digest();
    }
    boolean isTheirs =
        unit.has(FitsKind.FRAME)
            && instrument.filter(i -> i.equals(Instrument.of(unit.plate()))).isPresent();
    return isTheirs ? models.get(halves.get().other(unit.plate().lmjd())).digest() : NONE;
  }

  /** Index of the model that learns from a night: the one that does not judge it. */
  public int learner(int night) {
    return halves.map(h -> h.of(night)).orElse(0);
  }

  /** Whether the models are those of a {@link #digest}, or were made from them. */
  boolean succeeds(String digest) {
    List<String> others = List.of(digest.split("\\" + AND, -1));
    boolean isSo = others.size() == models.size();
    for (int m = 0; isSo && m < models.size(); m++) {
      isSo = models.get(m).succeeds(others.get(m));
    }
    return isSo;
  }
}
