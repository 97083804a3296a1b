package org.skymi.sky.memory;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.skymi.math.NormalEquations;

/**
 * A memory as one binary file: big-endian; what is learnt of fibres in single precision, shapes and
 * variances in double. Fibres never seen take one byte.
 */
final class MemoryFile {
  private static final int MAGIC = 0x534b4d4d; // SKMM
  private static final int VERSION = 2;

  /** More than any instrument has: a damaged file must not ask for all memory. */
  private static final int MOST = 100_000;

  private MemoryFile() {}

  static byte[] bytes(LinearMemory memory) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(memory.shapes().size());
      for (MemoryShape shape : memory.shapes()) {
        writeShape(out, shape);
      }
      out.writeInt(memory.epochs().spectrographs().size());
      for (int spectrograph : memory.epochs().spectrographs()) {
        out.writeInt(spectrograph);
        List<Integer> nights = memory.epochs().nights(spectrograph);
        out.writeInt(nights.size());
        for (int night : nights) {
          out.writeInt(night);
        }
      }
      out.writeInt(memory.memories().size());
      for (Map.Entry<LinearMemory.Key, ArmMemory> entry : memory.memories().entrySet()) {
        out.writeInt(entry.getKey().spectrograph());
        out.writeInt(entry.getKey().arm());
        out.writeInt(entry.getKey().epoch());
        writeArm(out, entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeShape(DataOutputStream out, MemoryShape shape) throws IOException {
    out.writeInt(shape.fibres());
    out.writeInt(shape.coefficients());
    out.writeInt(shape.orders().slit());
    out.writeInt(shape.orders().frame());
    out.writeInt(shape.orders().bilinear());
    out.writeInt(shape.orders().place());
    write(out, shape.expected());
    write(out, shape.scale());
    write(out, shape.grey());
  }

  private static void writeArm(DataOutputStream out, ArmMemory arm) throws IOException {
    for (double[] row : arm.spread.slit()) {
      write(out, row);
    }
    write(out, arm.spread.own());
    write(out, arm.spread.visit().data);
    write(out, arm.spread.offset());
    write(out, arm.spread.loading());
    int k = arm.shape.coefficients();
    for (int f = 0; f < arm.unknowns.length; f++) {
      out.writeBoolean(arm.unknowns[f] != null);
      if (arm.unknowns[f] != null) {
        writeFloats(out, arm.unknowns[f], 0);
        writeFloats(out, arm.variances[f], k);
        writeFloats(out, arm.covariances[f], 0);
      }
    }
  }

  private static void write(DataOutputStream out, double[] values) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static void writeFloats(DataOutputStream out, double[] values, int from)
      throws IOException {
    for (int k = from; k < values.length; k++) {
      out.writeFloat((float) values[k]);
    }
  }

  /**
   * @throws IllegalArgumentException if the bytes are no memory, or one of another version
   * @throws IOException if the stream can't be read, or ends too soon
   */
  static LinearMemory read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    if (in.readInt() != MAGIC) {
      throw new IllegalArgumentException("no memory of fibres");
    }
    int version = in.readInt();
    if (version != VERSION) {
      throw new IllegalArgumentException("a memory of version " + version + ", not " + VERSION);
    }
    List<MemoryShape> shapes = new ArrayList<>();
    int arms = count(in);
    for (int a = 0; a < arms; a++) {
      shapes.add(readShape(in));
    }
    Epochs epochs = Epochs.NONE;
    int spectrographs = count(in);
    for (int s = 0; s < spectrographs; s++) {
      int spectrograph = in.readInt();
      int nights = count(in);
      for (int n = 0; n < nights; n++) {
        epochs = epochs.and(spectrograph, in.readInt());
      }
    }
    Map<LinearMemory.Key, ArmMemory> memories = new TreeMap<>();
    int size = count(in);
    for (int m = 0; m < size; m++) {
      LinearMemory.Key key = new LinearMemory.Key(in.readInt(), in.readInt(), in.readInt());
      if (key.arm() < 0 || key.arm() >= arms) {
        throw new IllegalArgumentException("a memory of an arm without a shape: " + key.arm());
      }
      // Epochs are written in order, so that the one before is there.
      ArmMemory before = memories.get(key.before());
      memories.put(key, readArm(in, shapes.get(key.arm()), before));
    }
    return new LinearMemory(shapes, epochs, memories);
  }

  private static MemoryShape readShape(DataInputStream in) throws IOException {
    int fibres = count(in);
    int k = count(in);
    MemoryShape.Orders orders = new MemoryShape.Orders(count(in), count(in), count(in), count(in));
    double[] expected = doubles(in, k);
    double[] scale = doubles(in, k);
    double[] grey = doubles(in, k);
    return new MemoryShape(fibres, expected, scale, grey, orders);
  }

  private static ArmMemory readArm(DataInputStream in, MemoryShape shape, ArmMemory before)
      throws IOException {
    int k = shape.coefficients();
    double[][] slit = new double[k][];
    for (int c = 0; c < k; c++) {
      slit[c] = doubles(in, shape.orders().slit());
    }
    ArmMemory.Spread spread =
        new ArmMemory.Spread(
            slit,
            doubles(in, k),
            new DMatrixRMaj(k, k, true, doubles(in, k * k)),
            doubles(in, k * shape.orders().frame()),
            doubles(in, shape.unknowns() - k));
    double[][] unknowns = new double[shape.fibres()][];
    double[][] variances = new double[shape.fibres()][];
    double[][] covariances = new double[shape.fibres()][];
    for (int f = 0; f < unknowns.length; f++) {
      if (in.readBoolean()) {
        unknowns[f] = floats(in, shape.unknowns(), 0);
        variances[f] = floats(in, shape.unknowns(), k);
        covariances[f] = floats(in, NormalEquations.packed(k), 0);
        for (int c = 0; c < k; c++) {
          variances[f][c] = covariances[f][NormalEquations.packed(c) + c];
        }
      }
    }
    return new ArmMemory(shape, before, spread, unknowns, variances, covariances);
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MOST) {
      throw new IllegalArgumentException("a damaged memory of fibres: a count of " + count);
    }
    return count;
  }

  private static double[] doubles(DataInputStream in, int count) throws IOException {
    double[] values = new double[count];
    for (int k = 0; k < count; k++) {
      values[k] = in.readDouble();
    }
    return values;
  }

  private static double[] floats(DataInputStream in, int count, int from) throws IOException {
    double[] values = new double[count];
    for (int k = from; k < count; k++) {
      values[k] = in.readFloat();
    }
    return values;
  }
}
