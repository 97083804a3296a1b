package org.skymi.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.fits.MadeUp;
import org.skymi.survey.Arm;
import org.skymi.survey.FrameId;
import org.skymi.survey.PlateId;

/** A small archive on any file system: two plates, three frames, and what goes wrong. */
final class ArchiveFixture {
  static final PlateId A = new PlateId("PLANA", 58017);
  static final PlateId B = new PlateId("PLANB", 58018);
  static final int FILES = 7;

  private ArchiveFixture() {}

  static void write(FileSystem files, Path root) throws IOException {
    FrameId blue = new FrameId(A, 83544500, 1, Arm.BLUE);
    FrameId red = new FrameId(A, 83544500, 1, Arm.RED);
    FrameId other = new FrameId(B, 83545900, 2, Arm.BLUE);
    put(files, new Path(root, "20170921/PLANA/" + blue.fileStem() + ".fits.gz"), frame(blue));
    put(files, new Path(root, "20170921/PLANA/" + red.fileStem() + ".fits"), frame(red));
    put(files, new Path(root, "20170922/PLANB/" + other.fileStem() + ".fits.GZ"), frame(other));
    // The same file in another plate's folder.
    put(files, new Path(root, "20170922/PLANB/" + red.fileStem() + ".fits"), frame(red));
    put(files, new Path(root, "20170922/PLANB/empty.fits"), new byte[0]);
    put(files, new Path(root, "20170922/PLANB/text.fits"), text("not found"));
    FrameId wrong = new FrameId(B, 83545999, 2, Arm.BLUE);
    put(files, new Path(root, "20170922/PLANB/" + wrong.fileStem() + ".fits"), frame(other));
    // What is not even listed.
    put(files, new Path(root, "README.txt"), text("an archive"));
    put(files, new Path(root, "20170922/PLANB/.hidden.fits"), text("hidden"));
    put(files, new Path(root, "20170922/PLANB/_temporary/0.fits"), text("temporary"));
    put(files, new Path(root, "20170922/PLANB/0.fits.part"), text("partial"));
  }

  static byte[] frame(FrameId id) {
    byte[] bytes = MadeUp.bytes(MadeUp.frame(id, 3, 10));
    return id.arm() == Arm.BLUE ? MadeUp.gzip(bytes) : bytes;
  }

  static void put(FileSystem files, Path path, byte[] bytes) throws IOException {
    try (OutputStream out = files.create(path, false)) {
      out.write(bytes);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
