namespace Boreal.Compose.Schema;

/// <summary>The keys of <c>deploy</c>, and requests for devices.</summary>
internal static class DeploySchema
{
    public static Shape DeviceRequest { get; } = new()
    {
        Fields =
        [
            new Field("capabilities", Shapes.DistinctTexts) { IsRequired = true },
            new Field("driver", Shapes.Text),
            new Field("count", new Shape { Scalar = new ScalarRule(Accepts.Text | Accepts.Integer, Form.Count) }),
            new Field("device_ids", Shapes.DistinctTexts),
            new Field("options", Shapes.Pairs),
        ],
    };

    private static readonly Shape Update = Shapes.ObjectOf(
        new Field("parallelism", Shapes.Whole) { Presence = Presence.WhenGiven },
        new Field("delay", Shapes.Time),
        new Field("failure_action", Shapes.Text),
        new Field("monitor", Shapes.Time),
        new Field("max_failure_ratio", Shapes.Fraction),
        new Field("order", Shapes.OneOf("start-first", "stop-first")),
        // Ours.
        new Field("x-progress-deadline", Shapes.Time) { Presence = Presence.WhenGiven });

    private static readonly Shape GenericResource = Shapes.ObjectOf(
        new Field("discrete_resource_spec", Shapes.ObjectOf(new Field("kind", Shapes.Text) { Presence = Presence.Always }, new Field("value", Shapes.WholeNumber) { Presence = Presence.Always }))
        {
            Presence = Presence.WhenGiven,
        });

    private static readonly Shape Resources = Shapes.ObjectOf(
        new Field("limits", Shapes.ObjectOf(
            new Field("cpus", Shapes.Fraction), new Field("memory", Shapes.SizeText), new Field("pids", Shapes.Whole))) { Presence = Presence.WhenGiven },
        new Field("reservations", Shapes.ObjectOf(
            new Field("cpus", Shapes.Fraction), new Field("memory", Shapes.SizeText), new Field("pids", Shapes.Whole) { IsHidden = true },
            new Field("devices", Shapes.ListOf(DeviceRequest)),
            new Field("generic_resources", Shapes.ListOf(GenericResource)))) { Presence = Presence.WhenGiven });

    private static readonly Shape Restart = Shapes.ObjectOf(
        new Field("condition", Shapes.Text),
        new Field("delay", Shapes.Time) { Presence = Presence.WhenGiven },
        new Field("max_attempts", Shapes.Whole) { Presence = Presence.WhenGiven },
        new Field("window", Shapes.Time) { Presence = Presence.WhenGiven });

    private static readonly Shape Placement = Shapes.ObjectOf(
        new Field("constraints", Shapes.TextList),
        new Field("preferences", Shapes.ListOf(Shapes.ObjectOf(new Field("spread", Shapes.Text)))),
        new Field("max_replicas_per_node", Shapes.Whole));

    public static Shape Deploy { get; } = new()
    {
        AllowsNull = true,
        Fields =
        [
            new Field("mode", Shapes.Text),
            new Field("replicas", Shapes.Whole) { Presence = Presence.WhenGiven },
            new Field("labels", Shapes.Pairs) { Merge = MergeRule.Sequence, Unique = UniqueBy.Key },
            new Field("update_config", Update) { Presence = Presence.WhenGiven },
            new Field("rollback_config", Update) { Presence = Presence.WhenGiven },
            new Field("resources", Resources) { Presence = Presence.EmptyInJson },
            new Field("restart_policy", Restart) { Presence = Presence.WhenGiven },
            new Field("placement", Placement) { Presence = Presence.EmptyInJson },
            new Field("endpoint_mode", Shapes.Text),
        ],
    };
}
