package org.skymi.table;

import org.skymi.sky.judge.FibreResult;
import org.skymi.survey.Frame;
import org.skymi.survey.ReleaseSpectrum;

/** {@code fibre_spectrum}: the skies themselves, on each fibre's native pixels. */
public final class FibreSpectrumTable {
  public static final Table<Row> TABLE =
      new Table<>(
          "fibre_spectrum",
          "One row per fibre and frame (or released spectrum), as far as `--spectra` asks for: what"
              + " the fibre recorded and both skies, on the fibre's native pixels (throughput and"
              + " line spread included). Of released spectra: the sky that the pipeline left.",
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
                  r -> r.result().flux())
              .result(
                  "flux_ivar",
                  ColumnType.FLOATS,
                  "electron**-2",
                  "stat.weight",
                  "inverse variance of flux, 0 where unusable; of sky fibres by read noise and the"
                      + " photons of sky_smi",
                  r -> r.result().fluxIvar())
              .result(
                  "sky_smi",
                  ColumnType.FLOATS,
                  "electron",
                  "instr.skyLevel;em.opt",
                  "sky by SMI (released spectra: in the release's flux unit)",
                  r -> r.result().smi().sky())
              .result(
                  "sky_smi_ivar",
                  ColumnType.FLOATS,
                  "electron**-2",
                  "stat.weight",
                  "inverse variance of sky_smi, 0 where there is no estimate",
                  r -> r.result().smi().ivar())
              .result(
                  "sky_super",
                  ColumnType.FLOATS,
                  "electron",
                  "instr.skyLevel;em.opt",
                  "sky by Super Sky (released spectra: zero, the pipeline's is subtracted)",
                  r -> r.result().superSky().sky())
              .result(
                  "sky_super_ivar",
                  ColumnType.FLOATS,
                  "electron**-2",
                  "stat.weight",
                  "inverse variance of sky_super, 0 where there is no estimate",
                  r -> r.result().superSky().ivar())
              .list());

  private FibreSpectrumTable() {}

  /**
   * A row.
   *
   * @param site the fibre
   * @param wavelength vacuum Angstrom, {@code [nPixel]}
   * @param result both skies, {@code [nPixel]}
   */
  public record Row(FibreSite site, double[] wavelength, FibreResult result) {
    /** A fibre of a frame. */
    public static Row ofFrame(Frame frame, FibreResult result) {
      int i = result.fibreIndex();
      return new Row(FibreSite.ofFrame(frame, i), frame.wavelength()[i], result);
    }

    /** A released spectrum. */
    public static Row ofRelease(ReleaseSpectrum spectrum, FibreResult result) {
      return new Row(FibreSite.ofRelease(spectrum), spectrum.wavelength(), result);
    }
  }
}
