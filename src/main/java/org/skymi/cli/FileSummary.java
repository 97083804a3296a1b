package org.skymi.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.skymi.fits.FileIdentity;
import org.skymi.math.RobustStatistics;
import org.skymi.survey.FibreType;
import org.skymi.survey.Frame;
import org.skymi.survey.LineWidths;
import org.skymi.survey.MaskBit;
import org.skymi.survey.MediumSpectrum;
import org.skymi.survey.PlateId;
import org.skymi.survey.ReleaseSpectrum;
import org.skymi.survey.SkySpectrum;

/**
 * What there is to say of a usable file.
 *
 * @param lines names and values, in order
 * @param problems what is odd though not wrong; empty if nothing is
 */
record FileSummary(Map<String, String> lines, String problems) {
  /** Full width of a Gaussian at half its maximum, in standard deviations. */
  private static final double FWHM = 2.354820;

  static FileSummary of(Frame frame) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("kind", "fibre frame, sky not subtracted");
    lines.put("identity", frame.id().toString());
    lines.put("plate", plate(frame.id().plate()));
    lines.put("exposure", text("%s, %.0f s", frame.pointing().dateObs(), exposureTime(frame)));
    lines.put("shape", text("%d fibres x %d pixels", frame.fibreCount(), frame.pixelCount()));
    double first = Arrays.stream(frame.wavelength()).mapToDouble(row -> row[0]).min().orElse(0);
    double last =
        Arrays.stream(frame.wavelength()).mapToDouble(row -> row[row.length - 1]).max().orElse(0);
    lines.put("wavelength", wavelength(first, last));
    lines.put("fibres", fibres(frame));
    if (frame.widths().isStated()) {
      lines.put("line spread", widths(frame.widths(), (first + last) / 2));
    }
    lines.put("S/N", signalToNoise(frame));
    return new FileSummary(lines, problems(frame));
  }

  private static String widths(LineWidths widths, double middle) {
    double[] fwhm =
        IntStream.range(0, widths.moment().length)
            .mapToDouble(i -> FWHM * Math.sqrt(widths.at(i, middle)))
            .toArray();
    return text(
        "FWHM %.2f Å in the middle, stated of %d fibres",
        RobustStatistics.median(fwhm), Arrays.stream(fwhm).filter(Double::isFinite).count());
  }

  /** The survey's own sky of a frame. */
  static FileSummary ofSky(FileIdentity identity, float[][] sky) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("kind", "the survey's own sky of a frame");
    lines.put("identity", identity.toString());
    lines.put("plate", plate(identity.plate()));
    lines.put("shape", text("%d fibres x %d pixels", sky.length, sky[0].length));
    return new FileSummary(lines, "");
  }

  static FileSummary of(ReleaseSpectrum spectrum) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("kind", "release spectrum, pipeline " + spectrum.pipelineVersion());
    lines.put(
        "identity",
        FileIdentity.releaseSpectrum(spectrum.plate(), spectrum.spectrograph(), spectrum.fibreId())
            .toString());
    lines.put("plate", plate(spectrum.plate()));
    lines.put("shape", text("%d pixels", spectrum.pixelCount()));
    double[] wavelength = spectrum.wavelength();
    lines.put("wavelength", wavelength(wavelength[0], wavelength[wavelength.length - 1]));
    lines.put(
        "fibre",
        text(
            "%s, %s, magnitude %.2f",
            spectrum.type().label(), spectrum.objectType(), spectrum.magnitude()));
    float[] sn = spectrum.signalToNoise();
    lines.put(
        "S/N", text("u %.1f, g %.1f, r %.1f, i %.1f, z %.1f", sn[0], sn[1], sn[2], sn[3], sn[4]));
    lines.put("sky fibres", spectrum.skyFibres() < 0 ? "unknown" : "" + spectrum.skyFibres());
    return new FileSummary(lines, unusable(new float[][] {spectrum.ivar()}));
  }

  /** A fibre's medium-resolution spectra. */
  static FileSummary of(List<MediumSpectrum> spectra) {
    ReleaseSpectrum any = spectra.get(0).spectrum();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("kind", "medium-resolution release spectra");
    lines.put(
        "identity",
        FileIdentity.mediumSpectrum(any.plate(), any.spectrograph(), any.fibreId()).toString());
    lines.put("plate", plate(any.plate()));
    lines.put(
        "fibre",
        text("%s, %s, magnitude %.2f", any.type().label(), any.objectType(), any.magnitude()));
    for (MediumSpectrum s : spectra) {
      double[] x = s.spectrum().wavelength();
      lines.put(
          s.isCoadd() ? "co-added " + s.arm().letter() : s.lmjm() + " " + s.arm().letter(),
          text("%d pixels, %s", x.length, wavelength(x[0], x[x.length - 1])));
    }
    return new FileSummary(
        lines, unusable(spectra.stream().map(s -> s.spectrum().ivar()).toArray(float[][]::new)));
  }

  /** A spectrum with its sky. */
  static FileSummary of(SkySpectrum spectrum) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("kind", "co-added spectrum with the sky that was subtracted");
    lines.put(
        "identity",
        FileIdentity.skySpectrum(spectrum.plate(), spectrum.spectrograph(), spectrum.fibreId())
            .toString());
    lines.put("plate", plate(spectrum.plate()));
    double[] x = spectrum.wavelength();
    lines.put("shape", text("%d pixels", x.length));
    lines.put("wavelength", wavelength(x[0], x[x.length - 1]));
    lines.put("unit", spectrum.unit());
    lines.put(
        "fibre",
        text(
            "%s, %s, magnitude %.2f",
            spectrum.type().label(), spectrum.objectType(), spectrum.magnitude()));
    return new FileSummary(lines, unusable(new float[][] {spectrum.ivar()}));
  }

  /** With more problems. */
  FileSummary with(List<String> more) {
    List<String> all = new ArrayList<>(more);
    if (!problems.isEmpty()) {
      all.add(0, problems);
    }
    return new FileSummary(lines, String.join("; ", all));
  }

  private static double exposureTime(Frame frame) {
    return frame.pointing().exposureTime();
  }

  private static String plate(PlateId plate) {
    return text("%s, night %s, LMJD %d", plate.planId(), plate.night(), plate.lmjd());
  }

  private static String wavelength(double first, double last) {
    return text("%.2f .. %.2f A, vacuum", first, last);
  }

  private static String fibres(Frame frame) {
    StringJoiner counts = new StringJoiner(", ");
    for (FibreType type : FibreType.values()) {
      int count = frame.fibres().indicesOf(type).length;
      if (count > 0) {
        counts.add(type.label() + " " + count);
      }
    }
    return counts.toString();
  }

  /** The median over all usable pixels of each type's fibres. */
  private static String signalToNoise(Frame frame) {
    StringJoiner medians = new StringJoiner(", ");
    for (FibreType type : new FibreType[] {FibreType.OBJECT, FibreType.STANDARD, FibreType.SKY}) {
      double[] values =
          Arrays.stream(frame.fibres().indicesOf(type))
              .boxed()
              .flatMapToDouble(i -> signalToNoise(frame.flux()[i], frame.ivar()[i]))
              .sorted()
              .toArray();
      if (values.length > 0) {
        medians.add(text("%s %.1f", type.label(), values[values.length / 2]));
      }
    }
    return medians + " (median per pixel, sky included)";
  }

  private static DoubleStream signalToNoise(float[] flux, float[] ivar) {
    return IntStream.range(0, flux.length)
        .filter(k -> ivar[k] > 0)
        .mapToDouble(k -> flux[k] * Math.sqrt(ivar[k]));
  }

  private static String problems(Frame frame) {
    StringJoiner problems = new StringJoiner("; ");
    String unusable = unusable(frame.ivar());
    if (!unusable.isEmpty()) {
      problems.add(unusable);
    }
    for (MaskBit bit : MaskBit.values()) {
      long fibres =
          Arrays.stream(frame.mask()).filter(row -> Arrays.stream(row).anyMatch(bit::isIn)).count();
      if (fibres > 0) {
        String name = bit.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        problems.add(text("%s in %d fibres", name, fibres));
      }
    }
    if (frame.fibres().indicesOf(FibreType.SKY).length == 0) {
      problems.add("no sky fibre");
    }
    return problems.toString();
  }

  private static String unusable(float[][] ivar) {
    long all = 0;
    long none = 0;
    for (float[] row : ivar) {
      for (float value : row) {
        all++;
        none += value > 0 ? 0 : 1;
      }
    }
    return none == 0 ? "" : text("%.1f %% of the pixels without ivar", 100.0 * none / all);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
