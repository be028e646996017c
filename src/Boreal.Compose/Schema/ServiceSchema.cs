using Boreal.Compose.Canonical;

namespace Boreal.Compose.Schema;

/// <summary>The keys of a service in the order that <c>config</c> prints them.</summary>
internal static class ServiceSchema
{
    private static readonly Shape Dependency = new()
    {
        Fields =
        [
            new Field("condition", Shapes.OneOf("service_started", "service_healthy", "service_completed_successfully")) { IsRequired = true },
            new Field("restart", Shapes.Flag),
            new Field("required", Shapes.StrictFlag) { Presence = Presence.Always },
        ],
    };

    private static readonly Shape EnvironmentFile = new()
    {
        Scalar = new ScalarRule(Accepts.Text),
        IsExtensible = false,
        Printing = Printing.EnvironmentFile,
        Fields =
        [
            new Field("path", Shapes.Text) { IsRequired = true, Path = PathRule.Local },
            new Field("format", Shapes.OneOf("raw")),
            new Field("required", Shapes.Flag),
        ],
    };

    private static readonly Shape HealthCheck = Shapes.ObjectOf(
        new Field("test", new Shape { Scalar = new ScalarRule(Accepts.Text), Items = Shapes.Text, Printing = Printing.HealthTest }) { Merge = MergeRule.Replace },
        new Field("timeout", Shapes.Time) { Presence = Presence.WhenGiven },
        new Field("interval", Shapes.Time) { Presence = Presence.WhenGiven },
        new Field("retries", Shapes.WholeNumber) { Presence = Presence.WhenGiven },
        new Field("start_period", Shapes.Time) { Presence = Presence.WhenGiven },
        new Field("start_interval", Shapes.Time) { Presence = Presence.WhenGiven },
        new Field("disable", Shapes.Flag));

    private static readonly Shape Extends = new()
    {
        Scalar = new ScalarRule(Accepts.Text),
        IsExtensible = false,
        Fields = [new Field("file", Shapes.Text) { Path = PathRule.Local }, new Field("service", Shapes.Text) { IsRequired = true }],
    };

    private static readonly Shape Logging = Shapes.ObjectOf(new Field("driver", Shapes.Text), new Field("options", Shapes.Options));

    private static readonly Shape Credentials = Shapes.ObjectOf(
        new Field("config", Shapes.Text), new Field("file", Shapes.Text), new Field("registry", Shapes.Text));

    private static readonly Shape Provider = Shapes.ObjectOf(
        new Field("type", Shapes.Text) { IsRequired = true },
        new Field("options", new Shape { Values = new Shape { Scalar = new ScalarRule(Accepts.Text | Accepts.Number | Accepts.Boolean), Items = Shapes.Text } }));

    private static readonly Shape Models = Shapes.DistinctTexts with
    {
        HasNames = true,
        Values = Shapes.ObjectOf(new Field("endpoint_var", Shapes.Text), new Field("model_var", Shapes.Text)) with { AllowsNull = true },
    };

    private static readonly Field[] FirstKeys =
    [
        new("profiles", Shapes.DistinctTexts) { Unique = UniqueBy.Key },
        new("annotations", Shapes.Pairs) { Merge = MergeRule.Sequence, Unique = UniqueBy.Key },
        new("attach", Shapes.Flag) { Presence = Presence.WhenGiven },
        new("build", BuildSchema.Build) { Presence = Presence.WhenGiven, Merge = MergeRule.Build, Expand = ShortKeys.Build },
        new("develop", BuildSchema.Develop) { Presence = Presence.WhenGiven },
        new("blkio_config", MountSchema.BlockLimits) { Presence = Presence.WhenGiven },
        new("cap_add", Shapes.DistinctTexts) { Unique = UniqueBy.Key },
        new("cap_drop", Shapes.DistinctTexts) { Unique = UniqueBy.Key },
        new("cgroup_parent", Shapes.Text),
        new("cgroup", Shapes.OneOf("host", "private")),
        new("cpu_count", Shapes.WholeWithin(0, long.MaxValue)),
        new("cpu_percent", new Shape { Scalar = new ScalarRule(Accepts.Integer | Accepts.Text, Form.Fraction) { Least = 0, Most = 100 } }),
        new("cpu_period", Shapes.WholeNumber),
        new("cpu_quota", Shapes.WholeNumber),
        new("cpu_rt_period", Shapes.WholeNumber),
        new("cpu_rt_runtime", Shapes.WholeNumber),
        new("cpus", Shapes.Fraction),
        new("cpuset", Shapes.Text),
        new("cpu_shares", Shapes.WholeNumber),
        new("command", Shapes.Command) { Presence = Presence.NullInJson, Merge = MergeRule.Replace },
        new("configs", Shapes.ListOf(Shapes.FileMount)) { Unique = UniqueBy.ConfigTarget, Expand = ShortMounts.Files },
        new("container_name", Shapes.Text),
        new("credential_spec", Credentials) { Presence = Presence.WhenGiven },
        new("depends_on", Shapes.DistinctTexts with { Values = Dependency, HasNames = true }) { Merge = MergeRule.Dependencies, Expand = ShortKeys.Dependencies },
        new("deploy", DeploySchema.Deploy) { Presence = Presence.WhenGiven },
        new("device_cgroup_rules", Shapes.DistinctTexts),
        new("devices", Shapes.ListOf(MountSchema.Device)) { Unique = UniqueBy.DeviceTarget, Expand = ShortMounts.Devices },
        new("dns", Shapes.TextOrList) { Merge = MergeRule.Sequence, Unique = UniqueBy.Key, Expand = ShortKeys.ListOfNonEmpty },
        new("dns_opt", Shapes.DistinctTexts) { Merge = MergeRule.Sequence, Unique = UniqueBy.Key },
        new("dns_search", Shapes.TextOrList) { Merge = MergeRule.Sequence, Unique = UniqueBy.Key },
        new("domainname", Shapes.Text),
        new("entrypoint", Shapes.Command) { Presence = Presence.NullInJson, Merge = MergeRule.Replace },
        new("environment", Shapes.Variables) { Merge = MergeRule.Sequence, Unique = UniqueBy.Key },
        new("env_file", Shapes.ListOf(EnvironmentFile) with { Scalar = new ScalarRule(Accepts.Text) })
        {
            Merge = MergeRule.Sequence, Unique = UniqueBy.FilePath, Expand = ShortMounts.EnvironmentFiles,
        },
        new("expose", Shapes.TextOrNumberList) { Unique = UniqueBy.Value },
        new("extends", Extends) { Presence = Presence.WhenGiven, Expand = ShortKeys.Extends },
        new("external_links", Shapes.DistinctTexts),
        new("extra_hosts", Shapes.Hosts) { Merge = MergeRule.DistinctSequence },
        new("group_add", Shapes.TextOrNumberList),
        new("gpus", new Shape { Scalar = new ScalarRule(Accepts.Text) { Words = ["all"] }, Items = DeploySchema.DeviceRequest with { Fields = [.. (DeploySchema.DeviceRequest.Fields ?? []).Select(item => item with { IsRequired = false })] } })
        {
            Expand = ShortMounts.Gpus,
        },
        new("hostname", Shapes.Text),
        new("healthcheck", HealthCheck) { Presence = Presence.WhenGiven },
    ];

    private static readonly Field[] LastKeys =
    [
        new("image", Shapes.Text),
        new("init", Shapes.Flag) { Presence = Presence.WhenGiven },
        new("ipc", Shapes.Text),
        new("isolation", Shapes.Text),
        new("labels", Shapes.Pairs) { Merge = MergeRule.Sequence, Unique = UniqueBy.Key },
        new("label_file", Shapes.TextOrList) { Merge = MergeRule.Sequence, Expand = ShortKeys.List, Path = PathRule.Local },
        new("links", Shapes.DistinctTexts) { Unique = UniqueBy.Key },
        new("logging", Logging) { Presence = Presence.WhenGiven, Merge = MergeRule.Logging },
        new("mem_limit", Shapes.Size),
        new("mem_reservation", Shapes.Size),
        new("memswap_limit", Shapes.Size),
        new("mem_swappiness", Shapes.Size),
        new("mac_address", Shapes.Text),
        new("models", Models),
        new("network_mode", Shapes.Text),
        new("networks", Shapes.DistinctTexts with { Values = MountSchema.Network, HasNames = true }) { Merge = MergeRule.Networks, Expand = ShortKeys.Networks },
        new("oom_kill_disable", Shapes.Flag),
        new("oom_score_adj", Shapes.WholeWithin(-1000, 1000)),
        new("pid", Shapes.TextOrNull),
        new("pids_limit", Shapes.WholeNumber),
        new("platform", Shapes.Text),
        new("ports", Shapes.ListOf(MountSchema.Port)) { Unique = UniqueBy.Port, Expand = ShortPorts.Expand },
        new("privileged", Shapes.Flag),
        new("provider", Provider) { Presence = Presence.WhenGiven },
        new("pull_policy", Shapes.Text),
        new("pull_refresh_after", Shapes.Text),
        new("read_only", Shapes.Flag),
        new("restart", Shapes.Text),
        new("runtime", Shapes.Text),
        new("scale", Shapes.Whole) { Presence = Presence.WhenGiven },
        new("secrets", Shapes.ListOf(Shapes.FileMount)) { Unique = UniqueBy.SecretTarget, Expand = ShortMounts.Files },
        new("security_opt", Shapes.DistinctTexts),
        new("shm_size", Shapes.Size),
        new("stdin_open", Shapes.Flag),
        new("stop_grace_period", Shapes.Time) { Presence = Presence.WhenGiven },
        new("stop_signal", Shapes.Text),
        new("storage_opt", new Shape { Values = new Shape { Scalar = new ScalarRule(Accepts.Text | Accepts.Number) }, Printing = Printing.Pairs }),
        new("sysctls", Shapes.Pairs) { Merge = MergeRule.Sequence, Unique = UniqueBy.Key },
        new("tmpfs", Shapes.TextOrList) { Merge = MergeRule.Sequence, Unique = UniqueBy.Key },
        new("tty", Shapes.Flag),
        new("ulimits", Shapes.Ulimits),
        new("use_api_socket", Shapes.Flag),
        new("user", Shapes.Text),
        new("userns_mode", Shapes.Text),
        new("uts", Shapes.Text),
        new("volumes", Shapes.ListOf(MountSchema.Volume)) { Unique = UniqueBy.VolumeTarget, Expand = ShortMounts.Volumes, Path = PathRule.BindSource },
        new("volumes_from", Shapes.DistinctTexts),
        new("working_dir", Shapes.Text),
        new("pre_start", Shapes.ListOf(BuildSchema.InitHook)),
        new("post_start", Shapes.ListOf(BuildSchema.Hook)),
        new("pre_stop", Shapes.ListOf(BuildSchema.Hook)),
        // Ours.
        new("x-drain-timeout", Shapes.Time) { Presence = Presence.WhenGiven },
    ];

    public static Shape Service { get; } = new() { Fields = [.. FirstKeys, .. LastKeys] };
}
