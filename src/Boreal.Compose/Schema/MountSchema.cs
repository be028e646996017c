namespace Boreal.Compose.Schema;

/// <summary>The long forms of ports, volumes, devices and networks of a service.</summary>
internal static class MountSchema
{
    public static Shape Port { get; } = new()
    {
        Scalar = new ScalarRule(Accepts.Text | Accepts.Number),
        Fields =
        [
            new Field("name", Shapes.Text),
            new Field("mode", Shapes.Text),
            new Field("host_ip", Shapes.Text),
            new Field("target", Shapes.Whole),
            new Field("published", new Shape { Scalar = new ScalarRule(Accepts.Text | Accepts.Integer) }),
            new Field("protocol", Shapes.Text),
            new Field("app_protocol", Shapes.Text),
        ],
    };

    public static Shape Volume { get; } = new()
    {
        Scalar = new ScalarRule(Accepts.Text),
        Fields =
        [
            new Field("type", Shapes.OneOf("bind", "volume", "tmpfs", "image", "npipe", "cluster")) { IsRequired = true },
            new Field("source", Shapes.Text),
            new Field("target", Shapes.Text),
            new Field("read_only", Shapes.Flag),
            new Field("consistency", Shapes.Text),
            new Field("bind", Shapes.ObjectOf(
                new Field("selinux", Shapes.OneOf("z", "Z")),
                new Field("propagation", Shapes.Text),
                new Field("create_host_path", Shapes.Flag),
                new Field("recursive", Shapes.OneOf("enabled", "disabled", "writable", "readonly")))) { Presence = Presence.WhenGiven },
            new Field("volume", Shapes.ObjectOf(
                new Field("labels", Shapes.Pairs),
                new Field("nocopy", Shapes.Flag),
                new Field("subpath", Shapes.Text))) { Presence = Presence.WhenGiven },
            new Field("tmpfs", Shapes.ObjectOf(
                new Field("size", new Shape { Scalar = new ScalarRule(Accepts.Integer | Accepts.Text, Form.Bytes) { Least = 0 } }),
                new Field("mode", Shapes.WholeNumber))) { Presence = Presence.WhenGiven },
            new Field("image", Shapes.ObjectOf(new Field("subpath", Shapes.Text))) { Presence = Presence.WhenGiven },
        ],
    };

    public static Shape Device { get; } = new()
    {
        Scalar = new ScalarRule(Accepts.Text),
        Fields = [new Field("source", Shapes.Text) { IsRequired = true }, new Field("target", Shapes.Text), new Field("permissions", Shapes.Text)],
    };

    public static Shape Network { get; } = new()
    {
        AllowsNull = true,
        Fields =
        [
            new Field("priority", Shapes.PlainNumber),
            new Field("gw_priority", Shapes.PlainNumber),
            new Field("aliases", Shapes.DistinctTexts) { Unique = UniqueBy.Key },
            new Field("interface_name", Shapes.Text),
            new Field("ipv4_address", Shapes.Text),
            new Field("ipv6_address", Shapes.Text),
            new Field("link_local_ips", Shapes.DistinctTexts) { Unique = UniqueBy.Key },
            new Field("mac_address", Shapes.Text),
            new Field("driver_opts", Shapes.Options),
        ],
    };

    public static Shape BlockLimits { get; } = Shapes.ObjectOf(
        new Field("weight", Shapes.Whole),
        new Field("weight_device", Shapes.ListOf(LimitOf("weight", Shapes.Whole))),
        new Field("device_read_bps", Shapes.ListOf(LimitOf("rate", Shapes.Size))),
        new Field("device_read_iops", Shapes.ListOf(LimitOf("rate", Shapes.Size))),
        new Field("device_write_bps", Shapes.ListOf(LimitOf("rate", Shapes.Size))),
        new Field("device_write_iops", Shapes.ListOf(LimitOf("rate", Shapes.Size)))) with { IsExtensible = false };

    private static Shape LimitOf(string what, Shape value) => new()
    {
        IsExtensible = false,
        Printing = Printing.Device,
        Fields = [new Field("path", Shapes.Text) { Presence = Presence.Always }, new Field(what, value) { Presence = Presence.Always }],
    };
}
