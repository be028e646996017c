using Boreal.Compose.Canonical;

namespace Boreal.Compose.Schema;

/// <summary>The keys of <c>build</c> and <c>develop</c>, and of hooks.</summary>
internal static class BuildSchema
{
    public static Shape Hook { get; } = Shapes.ObjectOf(
        new Field("command", Shapes.Command) { Presence = Presence.NullInJson },
        new Field("user", Shapes.Text),
        new Field("privileged", Shapes.Flag),
        new Field("working_dir", Shapes.Text),
        new Field("environment", Shapes.Variables));

    /// <summary>A command that runs in a container of its own before a service's containers start.</summary>
    public static Shape InitHook { get; } = Hook with { Fields = [.. Hook.Fields ?? [], new Field("image", Shapes.Text)] };

    public static Shape Build { get; } = new()
    {
        Scalar = new ScalarRule(Accepts.Text),
        Fields =
        [
            new Field("context", Shapes.Text) { Path = PathRule.Context },
            new Field("dockerfile", Shapes.Text),
            new Field("dockerfile_inline", Shapes.Text),
            new Field("entitlements", Shapes.TextList),
            new Field("args", Shapes.Variables) { Merge = MergeRule.Sequence, Unique = UniqueBy.Key },
            new Field("ssh", Shapes.Pairs with { Printing = Printing.SshKeys }) { Expand = ShortKeys.Ssh, Path = PathRule.Local },
            new Field("labels", Shapes.Pairs) { Merge = MergeRule.Sequence, Unique = UniqueBy.Key },
            new Field("cache_from", Shapes.TextList),
            new Field("cache_to", Shapes.TextList),
            new Field("no_cache", Shapes.Flag),
            new Field("no_cache_filter", Shapes.TextOrList),
            new Field("additional_contexts", Shapes.Pairs with { Values = Shapes.Text })
            {
                Merge = MergeRule.Sequence, Unique = UniqueBy.Key, Expand = ShortKeys.Contexts, Path = PathRule.Context,
            },
            new Field("pull", Shapes.Flag),
            new Field("extra_hosts", Shapes.Hosts) { Merge = MergeRule.DistinctSequence },
            new Field("isolation", Shapes.Text),
            new Field("network", Shapes.Text),
            new Field("provenance", new Shape { Scalar = new ScalarRule(Accepts.Text | Accepts.Boolean) }),
            new Field("sbom", new Shape { Scalar = new ScalarRule(Accepts.Text | Accepts.Boolean) }),
            new Field("target", Shapes.Text),
            new Field("secrets", Shapes.ListOf(Shapes.FileMount)) { Expand = ShortMounts.Files },
            new Field("shm_size", Shapes.Size),
            new Field("tags", Shapes.TextList) { Unique = UniqueBy.Key },
            new Field("ulimits", Shapes.Ulimits),
            new Field("platforms", Shapes.TextList),
            new Field("privileged", Shapes.Flag),
        ],
    };

    public static Shape Develop { get; } = new()
    {
        AllowsNull = true,
        Fields =
        [
            new Field("watch", Shapes.ListOf(Shapes.ObjectOf(
                new Field("path", Shapes.Text) { IsRequired = true, Presence = Presence.Always, Path = PathRule.Resolved },
                new Field("action", Shapes.OneOf("rebuild", "sync", "restart", "sync+restart", "sync+exec")) { IsRequired = true, Presence = Presence.Always },
                new Field("target", Shapes.Text),
                new Field("exec", Hook) { Presence = Presence.EmptyInJson },
                new Field("include", Shapes.TextOrList),
                new Field("ignore", Shapes.TextList),
                new Field("initial_sync", Shapes.Flag)))),
        ],
    };
}
