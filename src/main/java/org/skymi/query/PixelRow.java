package org.skymi.query;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.skymi.sky.frame.Sky;
import org.skymi.sky.judge.FibreResult;
import org.skymi.sky.judge.Method;

/** A spectrum with its skies, as Spark's bean encoder fills it: arrays are not boxed. */
public final class PixelRow implements Serializable {
  private static final long serialVersionUID = 1;

  /** Of {@code fibre_spectrum}; all but the night, which the beans call by their own names. */
  static final String COLUMNS =
      "planid, arm, wave, flux, flux_ivar AS ivar, sky_super AS superSky, sky_full AS full,"
          + " sky_memory AS memory, sky_smi AS smi";

  private int night;
  private String planid;
  private String arm;
  private double[] wave;
  private float[] flux;
  private float[] ivar;
  private float[] superSky;
  private float[] full;
  private float[] memory;
  private float[] smi;

  /** A sky fibre whose skies are drawn. */
  static PixelRow drawn(int night, ModelRows model, Row fibre) {
    Map<Method, Sky> skies = model.skies(fibre);
    FibreResult.Recorded recorded = model.recorded(fibre, skies);
    PixelRow row = new PixelRow();
    row.night = night;
    row.planid = fibre.getAs("planid");
    row.arm = fibre.getAs("arm");
    row.wave = model.wavelength(fibre);
    row.flux = recorded.flux();
    row.ivar = recorded.ivar();
    row.superSky = flux(skies, Method.SUPER);
    row.full = flux(skies, Method.FULL);
    row.memory = flux(skies, Method.MEMORY);
    row.smi = flux(skies, Method.SMI);
    return row;
  }

  private static float[] flux(Map<Method, Sky> skies, Method method) {
    return skies.containsKey(method) ? skies.get(method).flux() : null;
  }

  /** By method, of those that were run. */
  Map<Method, float[]> skies() {
    Map<Method, float[]> skies = new EnumMap<>(Method.class);
    skies.put(Method.SUPER, superSky);
    skies.put(Method.FULL, full);
    skies.put(Method.MEMORY, memory);
    skies.put(Method.SMI, smi);
    skies.values().removeIf(Objects::isNull);
    return skies;
  }

  public int getNight() {
    return night;
  }

  public void setNight(int night) {
    this.night = night;
  }

  public String getPlanid() {
    return planid;
  }

  public void setPlanid(String planid) {
    this.planid = planid;
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

  public float[] getFull() {
    return full;
  }

  public void setFull(float[] full) {
    this.full = full;
  }

  public float[] getMemory() {
    return memory;
  }

  public void setMemory(float[] memory) {
    this.memory = memory;
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
