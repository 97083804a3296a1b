package org.skymi.report.qa;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.skymi.math.RobustStatistics;
import org.skymi.report.ArmNames;
import org.skymi.sky.judge.Method;

/**
 * What a page is made of: a night, or a whole campaign.
 *
 * @param headlines each method by metric and arm
 * @param fibres of each plate, or of the campaign
 * @param exposures by time
 * @param training steps, in order
 * @param pixels of held-out sky fibres whose spectra are stored
 * @param pixelFibres their fibres, by arm
 */
public record QaData(
    List<Headline> headlines,
    List<FibreView> fibres,
    List<ExposureView> exposures,
    List<TrainingView> training,
    PixelTally pixels,
    Map<String, Long> pixelFibres) {

  List<FibreView> fibres(String arm) {
    return fibres.stream().filter(f -> f.place().arm().equals(arm)).toList();
  }

  /** The letters of the arms whose frames' fibres there are, from the blue end. */
  List<String> arms() {
    return ArmNames.ofFrames().stream().filter(a -> !fibres(a).isEmpty()).toList();
  }

  /** The plates there are, in order. */
  List<String> plates() {
    return fibres.stream().map(f -> f.place().plate()).distinct().sorted().toList();
  }

  /** Fibres of an arm, those of the same number in several plates as one. */
  List<FibreView> merged(String arm) {
    Map<Double, List<FibreView>> byNumber = new LinkedHashMap<>();
    fibres(arm).forEach(f -> byNumber.computeIfAbsent(f.number(), n -> new ArrayList<>()).add(f));
    return byNumber.values().stream().map(QaData::merged).toList();
  }

  private static FibreView merged(List<FibreView> same) {
    if (same.size() == 1) {
      return same.get(0);
    }
    FibreView.Place first = same.get(0).place();
    return new FibreView(
        new FibreView.Place(
            "",
            first.instrument(),
            first.arm(),
            first.spectrograph(),
            first.fibreId(),
            median(same, f -> f.place().x()),
            median(same, f -> f.place().y())),
        new FibreView.Calibration(
            median(same, f -> f.calibration().throughput()),
            median(same, f -> f.calibration().shift()),
            median(same, f -> f.calibration().widthChange())),
        residuals(same));
  }

  private static Map<Method, FibreView.Residual> residuals(List<FibreView> same) {
    Map<Method, FibreView.Residual> residuals = new EnumMap<>(Method.class);
    for (Method method : Method.values()) {
      residuals.put(
          method,
          new FibreView.Residual(
              median(same, f -> f.bias(method)), median(same, f -> f.floor(method))));
    }
    return residuals;
  }

  private static double median(List<FibreView> fibres, ToDoubleFunction<FibreView> value) {
    return RobustStatistics.median(values(fibres, value));
  }

  static double[] values(List<FibreView> fibres, ToDoubleFunction<FibreView> value) {
    return fibres.stream().mapToDouble(value).toArray();
  }
}
