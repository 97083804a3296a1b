package org.skymi.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link InventoryTest}'s archive on an HDFS within this JVM. */
class HdfsInventoryTest {
  @Test
  void anArchiveOnHdfsIsLikeOneOnDisk(@TempDir Path folder) throws Exception {
    Configuration configuration = new Configuration();
    File base = folder.resolve("hdfs").toFile();
    try (MiniDFSCluster cluster = new MiniDFSCluster.Builder(configuration, base).build()) {
      String root = cluster.getURI() + "/archive";
      ArchiveFixture.write(cluster.getFileSystem(), new org.apache.hadoop.fs.Path(root));
      Archive archive = Archive.open(root, configuration);
      Inventory inventory =
          Inventory.build(archive, new Inventory.Options(true, false, 4), done -> {});
      assertThat(inventory.root()).startsWith("hdfs://");
      InventoryTest.assertFixture(inventory);
    }
  }
}
