package org.skymi.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.skymi.spark.Answer;
import org.skymi.survey.InputException;

/** A file of an answer, on any filesystem: there as a whole, or as it was before. */
final class AnswerFile {
  private final Path file;
  private final FileSystem fs;

  /**
   * @param name a path or URI
   * @throws InputException if it is a folder
   */
  AnswerFile(String name, Configuration configuration) throws IOException {
    Path given = new Path(name);
    FileSystem found = given.getFileSystem(configuration);
    fs = found instanceof LocalFileSystem local ? local.getRaw() : found; // no checksum files
    file = fs.makeQualified(given);
    if (fs.exists(file) && fs.getFileStatus(file).isDirectory()) {
      throw new InputException(name + " is a folder: --out is a file");
    }
  }

  /** Writes an answer, and replaces the file by it. */
  void write(Answer answer, AnswerFormat format, int limit) throws IOException {
    Path temporary = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID());
    try {
      if (format == AnswerFormat.PARQUET) {
        replaceBy(answer.parquet(temporary));
      } else {
        PrintWriter out =
            new PrintWriter(
                new OutputStreamWriter(fs.create(temporary, false), StandardCharsets.UTF_8));
        try (out) {
          format.write(answer, limit, line -> out.append(line).append('\n'));
          if (out.checkError()) {
            throw new IOException("cannot write " + file);
          }
        }
        replaceBy(temporary);
      }
    } finally {
      fs.delete(temporary, true);
    }
  }

  private void replaceBy(Path written) throws IOException {
    fs.delete(file, false);
    if (!fs.rename(written, file)) {
      throw new IOException("cannot rename " + written + " to " + file);
    }
  }
}
