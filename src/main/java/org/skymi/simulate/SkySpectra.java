package org.skymi.simulate;

import java.util.Arrays;
import org.skymi.survey.Arm;
import org.skymi.survey.Instrument;

/** Spectra of the sky's families at the plate's centre, from the tables and an exposure's state. */
final class SkySpectra {
  private static final double REFERENCE_TEMPERATURE = 190; // K, of OH in the line list
  private static final double CM_PER_KELVIN = 1.4388; // hc/k, cm K

  private static final Continua CONTINUA = Continua.read();
  private static final Lines LINES = Lines.read();

  private SkySpectra() {}

  /**
   * What an ideal fibre at the plate's centre receives.
   *
   * @return electron per Angstrom on the fine grid, {@code [family][wavelength]}
   */
  static double[][] electrons(Sky state, Instrument instrument, Arm arm, double exposureTime) {
    double[][] result = radiance(state);
    double[] response = Response.electrons(instrument, arm, exposureTime);
    for (double[] spectrum : result) {
      for (int i = 0; i < spectrum.length; i++) {
        spectrum[i] *= response[i] * Response.FIBRE_AREA;
      }
    }
    return result;
  }

  /**
   * The sky's radiance at the plate's centre.
   *
   * @return 1e-17 erg/s/cm^2/Angstrom/arcsec^2 on the fine grid, {@code [family][wavelength]}
   */
  static double[][] radiance(Sky state) {
    double[][] result = new double[SkyFamily.values().length][FineGrid.SIZE];
    addContinuum(result, SkySpecies.ZODIACAL, CONTINUA.zodiacal, state);
    addContinuum(result, SkySpecies.AIRGLOW_CONTINUUM, CONTINUA.airglow, state);
    addContinuum(result, SkySpecies.MOON, CONTINUA.moon, state);
    addContinuum(result, SkySpecies.MOON_HAZE, CONTINUA.moon, state);
    addContinuum(result, SkySpecies.TOWN_SODIUM, CONTINUA.town, state);
    double[] strength = LINES.strength(state);
    for (int k = 0; k < strength.length; k++) {
      double[] spectrum = result[LINES.species[k].family().ordinal()];
      FineGrid.addLine(spectrum, LINES.wavelength[k], strength[k]);
    }
    return result;
  }

  private static void addContinuum(
      double[][] families, SkySpecies species, double[] table, Sky state) {
    double[] spectrum = families[species.family().ordinal()];
    double strength = state.strength(species);
    for (int i = 0; strength != 0 && i < spectrum.length; i++) {
      spectrum[i] += strength * state.tint(species, FineGrid.wavelength(i)) * table[i];
    }
  }

  /** Continua with their absorption lines, on the fine grid. */
  private record Continua(double[] zodiacal, double[] airglow, double[] moon, double[] town) {
    static Continua read() {
      ResourceTable table = ResourceTable.read("sky-continuum.csv");
      double[] town = new double[FineGrid.SIZE];
      Arrays.fill(town, 0.12); // lamps with a continuum, scattered
      // High-pressure sodium lamps: a broad hump, self-reversed in the middle.
      FineGrid.addGaussian(town, 5900, 30, 75);
      FineGrid.addGaussian(town, 5893, -2.5, 9);
      return new Continua(
          sunlit(table.onFineGrid(1)), table.onFineGrid(2), sunlit(table.onFineGrid(3)), town);
    }

    private static double[] sunlit(double[] continuum) {
      double[] telluric = Response.telluric();
      for (int i = 0; i < continuum.length; i++) {
        continuum[i] *= SolarLines.transmission(FineGrid.wavelength(i), 1) * telluric[i];
      }
      return continuum;
    }
  }

  /** Emission lines of all species. */
  private record Lines(double[] wavelength, double[] intensity, SkySpecies[] species) {
    static Lines read() {
      ResourceTable airglow = ResourceTable.read("airglow-lines.csv");
      ResourceTable town = ResourceTable.read("town-lines.csv");
      int n = airglow.words(0).length;
      String[] names = concat(airglow.words(2), town.words(2));
      double[] wavelength = Arrays.copyOf(airglow.numbers(0), names.length);
      double[] intensity = Arrays.copyOf(airglow.numbers(1), names.length);
      System.arraycopy(town.numbers(0), 0, wavelength, n, names.length - n);
      System.arraycopy(town.numbers(1), 0, intensity, n, names.length - n);
      SkySpecies[] species =
          Arrays.stream(names).map(SkySpecies::valueOf).toArray(SkySpecies[]::new);
      return new Lines(wavelength, intensity, species);
    }

    private static String[] concat(String[] a, String[] b) {
      String[] all = Arrays.copyOf(a, a.length + b.length);
      System.arraycopy(b, 0, all, a.length, b.length);
      return all;
    }

    /** Intensities in an exposure; a change of temperature keeps the total of each OH band. */
    double[] strength(Sky state) {
      double[] result = new double[wavelength.length];
      double[] before = new double[SkySpecies.values().length];
      double[] after = new double[SkySpecies.values().length];
      for (int k = 0; k < result.length; k++) {
        int s = species[k].ordinal();
        double beta =
            CM_PER_KELVIN
                * (1 / (REFERENCE_TEMPERATURE + state.temperatureChange(species[k]))
                    - 1 / REFERENCE_TEMPERATURE);
        result[k] = intensity[k] * Math.exp(-beta * rotationalEnergy(k));
        before[s] += intensity[k];
        after[s] += result[k];
      }
      for (int k = 0; k < result.length; k++) {
        int s = species[k].ordinal();
        result[k] *= state.strength(species[k]) * before[s] / after[s];
        result[k] *= state.transmission(wavelength[k]);
      }
      return result;
    }

    /**
     * Rotational energy of an OH line's upper level, cm^-1, from its distance to the band's origin:
     * P and R lines of a rotor lie about (B' + B'')N from it, with B' + B'' near 33 cm^-1. Near
     * enough for the change of a band's envelope with temperature.
     */
    private double rotationalEnergy(int k) {
      double origin = species[k].origin();
      if (Double.isNaN(origin)) {
        return 0;
      }
      double n = Math.min(10, Math.abs(1e8 / wavelength[k] - 1e8 / origin) / 33);
      return 15.5 * n * (n + 1);
    }
  }
}
