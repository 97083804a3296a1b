package org.skymi.sky.judge;

/**
 * The statistics of a fibre's residual D - Ŝ, as defined in docs/method.md; one value per fibre,
 * frame and method.
 */
public enum Metric {
  CHI_MED("", "median of r/sqrt(V); ideal 0", 0, false),
  CHI_NMAD("", "1.4826 median absolute deviation of r/sqrt(V); ideal 1", 1, false),
  CHI2PDF(
      "",
      "sum of r^2/V over the number of pixels less that of fitted parameters; ideal 1",
      1,
      false),
  RELRES_CONT("%", "NMAD of r over the median sky, line-free pixels", 0, false),
  RELRES_CONT20(
      "%", "NMAD of r in bins of 20 pixels over the median sky, line-free pixels", 0, false),
  RELRES_LINE("%", "rms of r over rms of the sky's lines, within 1.5 FWHM of lines", 0, true),
  LINE_BIAS("%", "sum of the residual's lines over the sum of the sky's lines", 0, true),
  SYS_FLOOR(
      "%",
      "sqrt(max(0, var r - mean V)) over the mean sky: what is left after photon noise", 0, false),
  POISSON_RATIO("", "rms of r over sqrt(mean V); ideal 1", 1, false),
  BLUE_BIAS_1("%", "median of r over the median sky, 3700-4000 Angstrom", 0, false),
  BLUE_BIAS_2("%", "median of r over the median sky, 4000-4500 Angstrom", 0, false),
  BLUE_BIAS_3("%", "median of r over the median sky, 4500-5500 Angstrom", 0, false),
  THRU("", "scale of the residual's sky lines, 1 + sum(r L/V)/sum(L^2/V); ideal 1", 1, true),
  THRU_ERR("", "standard error of THRU", 0, true),
  DWAVE("Angstrom", "wavelength shift of the residual, -sum(r S'/V)/sum(S'^2/V)", 0, true),
  DWAVE_ERR("Angstrom", "standard error of DWAVE", 0, true),
  DLSF(
      "Angstrom**2",
      "line-width change of the residual, second moment of the line spread",
      0,
      true),
  DLSF_ERR("Angstrom**2", "standard error of DLSF", 0, true),
  COVER_68("%", "share of pixels inside the stated 68 % interval; ideal 68.3", 68.3, false),
  COVER_95("%", "share of pixels inside the stated 95 % interval; ideal 95.4", 95.4, false),
  OUT_3("%", "share of pixels with |chi| > 3; Gaussian 0.27", 0.27, false),
  OUT_10("%", "share of pixels with |chi| > 10; Gaussian 0", 0, false),
  LEAK(
      "%",
      "share of an object, injected into the held-out fibre, that the sky took: sum(dS O)/sum(O^2)",
      0,
      false);

  private final String unit;
  private final String description;
  private final double ideal;
  private final boolean ofLines;

  Metric(String unit, String description, double ideal, boolean ofLines) {
    this.unit = unit;
    this.description = description;
    this.ideal = ideal;
    this.ofLines = ofLines;
  }

  /** Unit, empty if dimensionless. */
  public String unit() {
    return unit;
  }

  /** What it is, in one line. */
  public String description() {
    return description;
  }

  /** The value of a perfect sky with noise alone. */
  public double ideal() {
    return ideal;
  }

  /**
   * Whether it is measured in sky lines above a free background, and so defined for object fibres,
   * too.
   */
  public boolean isOfLines() {
    return ofLines;
  }
}
