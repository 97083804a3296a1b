package org.skymi.table;

import java.util.List;
import java.util.Optional;
import org.skymi.release.CorrectedSpectrum;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;
import org.skymi.sky.judge.SkyEstimate;
import org.skymi.survey.Frame;
import org.skymi.survey.MediumSpectrum;
import org.skymi.survey.ReleaseSpectrum;

/** {@code fibre_spectrum}: the skies themselves, on each fibre's native pixels. */
public final class FibreSpectrumTable {
  public static final Table<Row> TABLE =
      new Table<>(
          "fibre_spectrum",
          "One row per fibre and frame, as far as `--spectra` asks for, and per released spectrum"
              + " (of medium resolution: those that are corrected or asked for): what the fibre"
              + " recorded and each method's sky, on the fibre's native pixels (throughput and line"
              + " spread included); null by methods that were not run. Of released spectra: the sky"
              + " that the pipeline left.",
          columns());

  private FibreSpectrumTable() {}

  private static List<Column<Row>> columns() {
    Columns<Row> columns =
        new Columns<Row>()
            .addAll(FibreSite.KEYS, Row::site)
            .result(
                "wave",
                ColumnType.DOUBLES,
                "Angstrom",
                "em.wl",
                "vacuum wavelength of each pixel, as in the input",
                Row::wavelength)
            .result(
                "flux",
                ColumnType.FLOATS,
                "electron",
                "phot.count;em.opt",
                "what the residuals are of: as recorded, less cross-talk (released spectra: as"
                    + " released, in the release's unit)",
                r -> r.result().recorded().flux())
            .result(
                "flux_ivar",
                ColumnType.FLOATS,
                "electron**-2",
                "stat.weight",
                "inverse variance of flux, 0 where unusable; of sky fibres by read noise and the"
                    + " photons of the most demanding method's sky",
                r -> r.result().recorded().ivar());
    for (Method method : Method.values()) {
      columns
          .result(
              "sky_" + method.key(),
              ColumnType.FLOATS,
              "electron",
              "instr.skyLevel;em.opt",
              method.title()
                  + ": sky; released spectra: residual sky in the release's flux unit, zero as"
                  + " released",
              r -> r.result().sky(method).map(SkyEstimate::sky).orElse(null))
          .result(
              "sky_" + method.key() + "_ivar",
              ColumnType.FLOATS,
              "electron**-2",
              "stat.weight",
              method.title() + ": inverse variance of the sky, 0 where there is no estimate",
              r -> r.result().sky(method).map(SkyEstimate::ivar).orElse(null));
    }
    return columns
        .result(
            "corrected",
            ColumnType.FLOATS,
            "",
            "phot.flux.density;em.opt",
            "released spectra: flux less the residual sky of the most demanding method, in the"
                + " release's unit; flux itself, to the bit, where nothing was taken"
                + " (its ivar is 0). Null in frames",
            r -> r.corrected().map(CorrectedSpectrum::flux).orElse(null))
        .result(
            "corrected_ivar",
            ColumnType.FLOATS,
            "",
            "stat.weight",
            "inverse variance of corrected, that of the correction included",
            r -> r.corrected().map(CorrectedSpectrum::ivar).orElse(null))
        .list();
  }

  /**
   * A row.
   *
   * @param site the fibre
   * @param wavelength vacuum Angstrom, {@code [nPixel]}
   * @param result the skies, {@code [nPixel]}
   * @param corrected a released spectrum less its residual sky
   */
  public record Row(
      FibreSite site,
      double[] wavelength,
      FibreResult result,
      Optional<CorrectedSpectrum> corrected) {
    /** A fibre of a frame. */
    public static Row ofFrame(Frame frame, FibreResult result) {
      int i = result.fibreIndex();
      return new Row(FibreSite.ofFrame(frame, i), frame.wavelength()[i], result, Optional.empty());
    }

    /** A released spectrum. */
    public static Row ofRelease(ReleaseSpectrum spectrum, FibreResult result) {
      return released(FibreSite.ofRelease(spectrum), spectrum, result);
    }

    /** A medium-resolution spectrum. */
    public static Row ofMedium(MediumSpectrum spectrum, FibreResult result) {
      return released(FibreSite.ofMedium(spectrum), spectrum.spectrum(), result);
    }

    private static Row released(FibreSite site, ReleaseSpectrum spectrum, FibreResult result) {
      SkyEstimate taken = result.sky(result.best()).orElseThrow();
      return new Row(
          site,
          spectrum.wavelength(),
          result,
          Optional.of(
              CorrectedSpectrum.of(spectrum.flux(), spectrum.ivar(), taken.sky(), taken.ivar())));
    }
  }
}
