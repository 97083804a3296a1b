package org.skymi.experiment.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Tables of a real instrument, gzipped CSV: sky fibres, twilight and stability of DESI, as
 * redistributed by its collaboration.
 *
 * @param folder holds sky-fibres-r.csv.gz, twilight/ and psf/
 */
record DesiData(Path folder) {
  /** Distance between a fibre and its design position beyond which its number is doubtful, mm. */
  private static final double FARTHEST = 6;

  /** Sky levels of the r arm. */
  List<SkyLevel> skyLevels() throws IOException {
    return rows("sky-fibres-r.csv.gz").stream()
        .filter(r -> r[5] < FARTHEST)
        .map(
            r ->
                new SkyLevel(
                    (int) r[0], (int) r[2], (int) r[1], (int) r[3], (int) r[4], r[6], r[7], r[8]))
        .toList();
  }

  /** Twilight over flat of all fibres in an arm b, r or z, {@code [nFibre]}. */
  double[] twilight(String arm) throws IOException {
    return rows("twilight/fframe-" + arm + ".csv.gz").stream().mapToDouble(r -> r[2]).toArray();
  }

  /**
   * Line positions and widths of a few fibres over some days.
   *
   * @return rows of exposure, MJD, fibre, wavelength, two coefficients, x, y (along wavelength),
   *     xsig, ysig, pixels
   */
  List<double[]> stability(String arm) throws IOException {
    return rows("psf/stability-" + arm + ".csv.gz");
  }

  private List<double[]> rows(String name) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(name))),
                StandardCharsets.UTF_8))) {
      return in.lines().skip(1).map(DesiData::numbers).toList();
    }
  }

  private static double[] numbers(String line) {
    String[] words = line.split(",");
    double[] row = new double[words.length];
    for (int k = 0; k < row.length; k++) {
      row[k] = Double.parseDouble(words[k]);
    }
    return row;
  }
}
