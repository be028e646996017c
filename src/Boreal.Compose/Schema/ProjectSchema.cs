namespace Boreal.Compose.Schema;

/// <summary>The keys of a compose file.</summary>
internal static class ProjectSchema
{
    private static readonly Shape Pool = Shapes.ObjectOf(
        new Field("subnet", Shapes.Text),
        new Field("gateway", Shapes.Text),
        new Field("ip_range", Shapes.Text),
        new Field("aux_addresses", new Shape { Values = Shapes.Text, Printing = Printing.Pairs }));

    private static readonly Shape Ipam = Shapes.ObjectOf(
        new Field("driver", Shapes.Text),
        new Field("config", Shapes.ListOf(Pool)) { Merge = MergeRule.Pools },
        new Field("options", new Shape { Values = Shapes.Text, Printing = Printing.Pairs }) { IsHidden = true });

    public static Shape Network { get; } = new()
    {
        AllowsNull = true,
        Fields =
        [
            new Field("name", Shapes.Text),
            new Field("driver", Shapes.Text),
            new Field("driver_opts", Shapes.Options),
            new Field("ipam", Ipam) { Presence = Presence.EmptyInJson },
            new Field("external", Shapes.External),
            new Field("internal", Shapes.Flag),
            new Field("attachable", Shapes.Flag),
            new Field("labels", Shapes.Pairs) { Merge = MergeRule.Sequence, Unique = UniqueBy.Key },
            new Field("enable_ipv4", Shapes.Flag) { Presence = Presence.WhenGiven },
            new Field("enable_ipv6", Shapes.Flag) { Presence = Presence.WhenGiven },
        ],
    };

    public static Shape Volume { get; } = new()
    {
        AllowsNull = true,
        Fields =
        [
            new Field("name", Shapes.Text),
            new Field("driver", Shapes.Text),
            new Field("driver_opts", Shapes.Options) { Path = PathRule.VolumeDevice },
            new Field("external", Shapes.External),
            new Field("labels", Shapes.Pairs) { Merge = MergeRule.Sequence },
        ],
    };

    /// <summary>A secret; configs have <c>content</c> too.</summary>
    public static Shape Secret { get; } = Shapes.ObjectOf(FileKeys(hasContent: false));

    public static Shape Config { get; } = Shapes.ObjectOf(FileKeys(hasContent: true));

    private static readonly Shape Include = new()
    {
        Scalar = new ScalarRule(Accepts.Text),
        IsExtensible = false,
        Fields = [new Field("path", Shapes.TextOrList), new Field("env_file", Shapes.TextOrList), new Field("project_directory", Shapes.Text)],
    };

    private static readonly Shape Model = Shapes.ObjectOf(
        new Field("name", Shapes.Text), new Field("model", Shapes.Text) { IsRequired = true }, new Field("context_size", Shapes.Whole), new Field("runtime_flags", Shapes.TextList));

    public static Shape Project { get; } = new()
    {
        Fields =
        [
            new Field("version", new Shape { Scalar = new ScalarRule(Accepts.Text) }) { IsHidden = true },
            new Field("name", Shapes.Text),
            new Field("include", Shapes.ListOf(Include)) { IsHidden = true },
            new Field("services", Named(ServiceSchema.Service)) { Presence = Presence.Always },
            new Field("networks", Named(Network)),
            new Field("volumes", Named(Volume)),
            new Field("secrets", Named(Secret)),
            new Field("configs", Named(Config)),
            new Field("models", Named(Model)),
        ],
    };

    private static Shape Named(Shape values) => new() { Values = values, HasNames = true };

    private static Field[] FileKeys(bool hasContent) =>
    [
        new("name", Shapes.Text),
        new("file", Shapes.Text) { Path = PathRule.Local },
        new("environment", Shapes.Text),
        .. hasContent ? [new Field("content", Shapes.Text)] : Array.Empty<Field>(),
        new("external", Shapes.External),
        new("labels", Shapes.Pairs),
        new("driver", Shapes.Text),
        new("driver_opts", Shapes.Options),
        new("template_driver", Shapes.Text),
    ];
}
