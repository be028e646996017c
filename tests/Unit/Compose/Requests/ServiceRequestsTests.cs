using Boreal.Api.Apps;
using Boreal.Compose;
using Boreal.Compose.Requests;

namespace Boreal.Tests.Unit.Compose.Requests;

public sealed class ServiceRequestsTests
{
    [Fact]
    public void Make_OfAService_AsksForItsTasks()
    {
        var spec = Spec("""
            services:
              a:
                image: x
                restart: on-failure:3
                stop_grace_period: 1m30s
                ports: ["127.0.0.1:8080:80", {target: 53, published: "53", protocol: udp, mode: host, app_protocol: dns}]
                depends_on: {b: {condition: service_healthy, restart: true, required: false}}
                deploy:
                  replicas: 3
                  labels: {tier: front}
                  endpoint_mode: dnsrr
                  update_config: {parallelism: 2, order: start-first, failure_action: rollback, monitor: 1s, max_failure_ratio: 0.5, delay: 2s, x-progress-deadline: 1m}
                post_start: [{command: ./init, user: root}]
                pre_stop: [{command: [./bye, now], environment: {A: 1}}]
                x-autoscale: {min: 1, max: 5}
                x-drain-timeout: 3s
              b: {image: y}
            """);

        Assert.Equal(3, spec.Replicas);
        Assert.Equal("front", spec.Labels?["tier"]);
        Assert.Equal("dnsrr", spec.EndpointMode);
        Assert.Equal(90_000_000_000, spec.StopGracePeriod);
        Assert.Equal(new TaskRestartPolicy { Condition = "on-failure", MaxAttempts = 3 }, spec.Restart);
        Assert.Equal(new ServiceDependency { Service = "b", Condition = "service_healthy", Restart = true, Required = false }, Assert.Single(spec.DependsOn));
        Assert.Equal(
            new UpdatePolicy { Parallelism = 2, Order = "start-first", FailureAction = "rollback", Monitor = 1_000_000_000, MaxFailureRatio = 0.5, Delay = 2_000_000_000, ProgressDeadline = 60_000_000_000 },
            spec.Update);
        Assert.Equal(3_000_000_000, spec.DrainTimeout);
        Assert.Equal(new ServicePort { HostIp = "127.0.0.1", Published = "8080", Target = 80 }, spec.Ports[0]);
        Assert.Equal(new ServicePort { Published = "53", Target = 53, Protocol = "udp", Mode = "host", AppProtocol = "dns" }, spec.Ports[1]);
        Assert.Equal(["./init"], spec.PostStart[0].Command);
        Assert.Equal("root", spec.PostStart[0].User);
        Assert.Equal(["A=1"], spec.PreStop[0].Env);
        Assert.Equal("""{"max":5,"min":1}""", spec.Autoscale?.GetRawText());
    }

    [Theory]
    [InlineData("", "none")]
    [InlineData("restart: \"no\"", "none")]
    [InlineData("restart: always", "any")]
    [InlineData("restart: unless-stopped", "any")]
    [InlineData("deploy: {restart_policy: {condition: on-failure}}", "on-failure")]
    [InlineData("deploy: {restart_policy: {}}", "any")]
    public void Make_OfARestartPolicy_IsInSwarmsTerms(string line, string condition) =>
        Assert.Equal(condition, Spec($"services:\n  a:\n    image: x\n    {line}\n").Restart.Condition);

    [Fact]
    public void Make_OfAContainer_HasComposesLabelsAndNames()
    {
        var template = Spec("services:\n  a: {build: ., labels: {own: 1}, depends_on: [b]}\n  b: {image: y}\n").Template;
        Assert.Equal("p-a", template.Image);
        Assert.Equal("p_default", template.HostConfig?.NetworkMode);
        Assert.Equal(["a"], template.NetworkingConfig?.EndpointsConfig?["p_default"]?.Aliases);
        Assert.Equal("1", template.Labels?["own"]);
        Assert.Equal(("p", "a", "False"), (template.Labels?["com.docker.compose.project"], template.Labels?["com.docker.compose.service"], template.Labels?["com.docker.compose.oneoff"]));
        Assert.Equal("b:service_started:false", template.Labels?["com.docker.compose.depends_on"]);
        Assert.Equal(64, template.Labels?["com.docker.compose.config-hash"].Length);
    }

    [Fact]
    public void Make_OfNetworks_JoinsTheMostWantedFirst()
    {
        var host = Spec("""
            services:
              a:
                image: x
                mac_address: 02:42:ac:11:00:02
                networks: {one: {aliases: [z], ipv4_address: 10.0.0.5}, two: {priority: 10}}
            networks: {one: , two: {name: real}}
            """).Template;
        Assert.Equal("real", host.HostConfig?.NetworkMode);
        Assert.Equal("02:42:ac:11:00:02", host.NetworkingConfig?.EndpointsConfig?["real"]?.MacAddress);
        Assert.Equal("10.0.0.5", host.NetworkingConfig?.EndpointsConfig?["p_one"]?.IPAMConfig?.IPv4Address);
        Assert.Equal(["a", "z"], host.NetworkingConfig?.EndpointsConfig?["p_one"]?.Aliases);
    }

    [Fact]
    public void Make_OfNamespacesOfServices_NamesTheirContainers()
    {
        var host = Spec("services:\n  a: {image: x, network_mode: \"service:b\", pid: \"service:c\", volumes_from: [\"b:ro\", \"container:o\"]}\n  b: {image: y, container_name: bee}\n  c: {image: z}\n").Template.HostConfig;
        Assert.Equal(("container:bee", "container:p-c-1"), (host?.NetworkMode, host?.PidMode));
        Assert.Equal(["bee:ro", "o"], host?.VolumesFrom);
    }

    [Fact]
    public void Make_OfVolumes_BindsWhatMayBeMadeAndMountsTheRest()
    {
        var host = Spec("""
            services:
              a:
                image: x
                volumes: ["./src:/src:ro,z", "data:/data:nocopy", "/anon", {type: tmpfs, target: /t, tmpfs: {size: 1m, mode: 0700}}, {type: bind, source: /b, target: /b}]
                tmpfs: ["/run:size=1m"]
                secrets: [s]
                configs: [{source: c, target: /etc/c}]
            volumes: {data: }
            secrets: {s: {file: ./s}}
            configs: {c: {file: ./c}}
            """).Template.HostConfig;
        Assert.Equal(["/project/src:/src:ro,z"], host?.Binds);
        Assert.Equal(
            ["volume p_data /data", "volume  /anon", "tmpfs  /t", "bind /b /b", "bind /project/s /run/secrets/s", "bind /project/c /etc/c"],
            host?.Mounts?.Select(mount => $"{mount.Type} {mount.Source} {mount.Target}"));
        Assert.Equal((1 << 20, 448u), (host?.Mounts?[2].TmpfsOptions?.SizeBytes, host?.Mounts?[2].TmpfsOptions?.Mode));
        Assert.Equal("size=1m", host?.Tmpfs?["/run"]);
    }

    [Fact]
    public void Make_OfLimits_TakesThoseOfDeployFirst()
    {
        var host = Spec("services: {a: {image: x, mem_limit: 1g, cpus: 0.5, pids_limit: 9, ulimits: {nofile: 5, nproc: {soft: 1, hard: 2}}, shm_size: 64m, deploy: {resources: {reservations: {memory: 10m, devices: [{capabilities: [gpu]}]}}}}}").Template.HostConfig;
        Assert.Equal((1L << 30, 10L << 20, 500_000_000L, 9L), (host?.Memory, host?.MemoryReservation, host?.NanoCpus, host?.PidsLimit));
        Assert.Equal(["nofile 5 5", "nproc 1 2"], host?.Ulimits?.Select(limit => $"{limit.Name} {limit.Soft} {limit.Hard}"));
        Assert.Equal(-1, host?.DeviceRequests?[0].Count);
    }

    [Fact]
    public void Make_OfASecretFromTheEnvironment_IsRefused() =>
        Assert.Contains("secrets.s", Assert.Throws<ComposeException>(() => Spec("services: {a: {image: x, secrets: [s]}}\nsecrets: {s: {environment: E}}")).Message, StringComparison.Ordinal);

    private static ServiceSpec Spec(string text) => new ServiceRequests(LoadedProject.Of(text)).All()["a"];
}
