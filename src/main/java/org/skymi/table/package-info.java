/** The output tables: their columns, and how they are written as Parquet. */
package org.skymi.table;
