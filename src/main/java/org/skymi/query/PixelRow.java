package org.skymi.query;

import java.io.Serializable;

/** A spectrum with its skies, as Spark's bean encoder fills it: arrays are not boxed. */
public final class PixelRow implements Serializable {
  private static final long serialVersionUID = 1;

  /** Of {@code fibre_spectrum}; all but the night, which the beans call by their own names. */
  static final String COLUMNS =
      "arm, wave, flux, flux_ivar AS ivar, sky_smi AS smi, sky_super AS superSky";

  private int night;
  private String arm;
  private double[] wave;
  private float[] flux;
  private float[] ivar;
  private float[] smi;
  private float[] superSky;

  public int getNight() {
    return night;
  }

  public void setNight(int night) {
    this.night = night;
  }

  public String getArm() {
    return arm;
  }

  public void setArm(String arm) {
    this.arm = arm;
  }

  public double[] getWave() {
    return wave;
  }

  public void setWave(double[] wave) {
    this.wave = wave;
  }

  public float[] getFlux() {
    return flux;
  }

  public void setFlux(float[] flux) {
    this.flux = flux;
  }

  public float[] getIvar() {
    return ivar;
  }

  public void setIvar(float[] ivar) {
    this.ivar = ivar;
  }

  public float[] getSmi() {
    return smi;
  }

  public void setSmi(float[] smi) {
    this.smi = smi;
  }

  public float[] getSuperSky() {
    return superSky;
  }

  public void setSuperSky(float[] superSky) {
    this.superSky = superSky;
  }
}
