package org.skymi.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.skymi.archive.WholeFile;
import org.skymi.query.Answer;
import org.skymi.survey.InputException;

/** A file of an answer, on any filesystem. */
final class AnswerFile {
  private final String name;
  private final WholeFile file;

  /**
   * @param name a path or URI
   * @throws InputException if it is a folder
   */
  AnswerFile(String name, Configuration configuration) throws IOException {
    this.name = name;
    this.file = new WholeFile(new Path(name), configuration);
    if (file.isFolder()) {
      throw new InputException(name + " is a folder: --out is a file");
    }
  }

  /** Writes an answer, and replaces the file by it. */
  void write(Answer answer, AnswerFormat format, int limit) throws IOException {
    if (format == AnswerFormat.PARQUET) {
      file.replace(answer::parquet);
      return;
    }
    file.write(
        stream -> {
          PrintWriter out = new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
          format.write(answer, limit, line -> out.append(line).append('\n'));
          if (out.checkError()) {
            throw new IOException("cannot write " + name);
          }
        });
  }
}
