package org.skymi.campaign;

import java.io.File;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same contract on HDFS. */
class HdfsManifestStoreTest extends ManifestStoreTest {
  @TempDir static File home;
  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, home.getAbsolutePath());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  @Override
  String place() throws IOException {
    return cluster.getFileSystem().getUri() + "/" + UUID.randomUUID();
  }
}
