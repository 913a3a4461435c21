package dev.culvert.harness.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.time.Duration;

/**
 * The engine that the environment names, for streams that stay open however long nothing comes. Testcontainers' own client ends a
 * stream after three silent minutes, which an idle server or a person at a shell easily lets pass.
 */
final class PatientEngine {

    private PatientEngine() {}

    static DockerClient client() {
        DockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .responseTimeout(Duration.ZERO)
                        .build());
    }
}
