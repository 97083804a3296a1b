package org.skymi.table;

import java.io.Serializable;

/**
 * What was written to one file.
 *
 * @param path of the file, relative to the folder it was asked for in
 * @param table name of the table
 * @param rows number of rows
 * @param bytes length of the file
 * @param sha256 digest of the file's bytes, hexadecimal
 * @param firstKey key of the first row, values separated by slashes
 * @param lastKey key of the last row
 */
public record FileReport(
    String path,
    String table,
    long rows,
    long bytes,
    String sha256,
    String firstKey,
    String lastKey)
    implements Serializable {}
