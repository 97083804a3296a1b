package org.skymi.fits;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.skymi.survey.Frame;

/** A frame of 250 fibres and 4000 pixels, from bytes in memory; {@code docs/bench-kernels}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReadBenchmark {
  private byte[] plain;
  private byte[] gzip;

  @Setup
  public void write() {
    Frame frame = MadeUp.frame(MadeUp.ID, 250, 4000);
    Random random = new Random(1);
    for (float[] row : frame.flux()) {
      for (int p = 0; p < row.length; p++) {
        row[p] = (float) (100 + 10 * random.nextGaussian());
      }
    }
    plain = MadeUp.bytes(frame);
    gzip = MadeUp.gzip(plain);
  }

  @Benchmark
  public Frame readPlain() throws FitsRejection {
    return FrameReader.read(MadeUp.NAME, plain);
  }

  @Benchmark
  public Frame readGzip() throws FitsRejection {
    return FrameReader.read(MadeUp.NAME, gzip);
  }

  @Benchmark
  public byte[] inflate() throws FitsRejection {
    return Inflation.inflate(gzip, MadeUp.NAME, FitsLimits.DEFAULT);
  }

  /** The ceiling of {@link #inflate}: the JDK's zlib and CRC into memory that is there already. */
  @Benchmark
  public long inflateCeiling() throws DataFormatException {
    Inflater inflater = new Inflater(true);
    byte[] out = new byte[plain.length];
    inflater.setInput(gzip, 10, gzip.length - 18);
    int length = inflater.inflate(out);
    inflater.end();
    CRC32 crc = new CRC32();
    crc.update(out, 0, length);
    return crc.getValue();
  }
}
