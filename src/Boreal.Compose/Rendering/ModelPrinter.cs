using System.Globalization;
using Boreal.Compose.Canonical;
using Boreal.Compose.Loading;
using Boreal.Compose.Schema;
using Boreal.Compose.Yaml;
using Boreal.Notation;

namespace Boreal.Compose.Rendering;

/// <summary>Makes the tree that <c>config</c> prints: keys in their order, values in their final form, nothing that says nothing.</summary>
/// <param name="isJson">Whether it is printed as JSON, which has other rules for what is empty, and no extensions inside.</param>
internal sealed class ModelPrinter(bool isJson)
{
    private readonly IComparer<string> _order = isJson ? StringComparer.Ordinal : NaturalKeyOrder.Instance;

    /// <summary>A whole model.</summary>
    public static MappingNode Print(MappingNode model, bool isJson)
    {
        var printed = new ModelPrinter(isJson).Mapping(model, ProjectSchema.Project);
        if (!isJson) return printed;
        // JSON's top level is a map for Go: sorted, and with its extensions.
        foreach (var (key, value) in model.Entries.Where(entry => IsExtension(entry.Key))) printed.Set(key, new ModelPrinter(isJson).Raw(value));
        return Sorted(printed.Entries, StringComparer.Ordinal);
    }

    /// <summary>A model whose variables aren't filled in: as it is, keys sorted.</summary>
    public static Node PrintRaw(MappingNode model, bool isJson) => new ModelPrinter(isJson).Raw(model);

    public MappingNode Mapping(MappingNode mapping, Shape shape)
    {
        var printed = new MappingNode(mapping.Position);
        foreach (var field in shape.Fields ?? [])
        {
            if (field.IsHidden) continue;
            var name = isJson && shape.Printing is Printing.Device ? char.ToUpperInvariant(field.Name[0]) + field.Name[1..] : field.Name;
            if (Field(mapping.Get(field.Name), field) is { } value) printed.Set(name, value);
        }

        if (isJson) return printed;
        foreach (var (key, value) in mapping.Entries.Where(entry => IsExtension(entry.Key)).OrderBy(entry => entry.Key, _order)) printed.Set(key, Raw(value));
        return printed;
    }

    private Node? Field(Node? value, Field field)
    {
        var isGiven = value is { IsNull: false };
        if (!isGiven)
        {
            return field.Presence switch
            {
                Presence.NullInJson when isJson => ScalarNode.Null(default),
                Presence.EmptyInJson when isJson => Empty(field.Shape),
                Presence.Always => field.Shape.IsMapping ? new MappingNode(default) : Value(Zero(field.Shape), field.Shape),
                _ => null,
            };
        }

        var printed = Value(value ?? ScalarNode.Null(default), field.Shape);
        return field.Presence switch
        {
            Presence.WhenGiven or Presence.Always or Presence.NullInJson => printed,
            Presence.EmptyInJson when isJson => printed,
            _ => IsEmpty(printed, field.Shape) ? null : printed,
        };
    }

    private MappingNode Empty(Shape shape) => Mapping(new MappingNode(default), shape);

    private static ScalarNode Zero(Shape shape) => shape.Scalar?.Form switch
    {
        Form.Truth => ScalarNode.Of(false),
        Form.Whole or Form.Bytes or Form.Fraction or Form.Count => ScalarNode.Of(0),
        _ => ScalarNode.Of(""),
    };

    private Node Value(Node value, Shape shape)
    {
        switch (shape.Printing)
        {
            case Printing.Variables or Printing.Pairs: return Pairs(value, shape.Printing is Printing.Variables);
            case Printing.Command: return List(CommandLine.Words(value) ?? [], value);
            case Printing.HealthTest when value.Text is { } test: return List(["CMD-SHELL", test], value);
            case Printing.Hosts: return List(HostList.Read(value).Select(pair => $"{pair.Host}={pair.Address}"), value);
            case Printing.List when value.Text is { } single: return List([single], value);
            case Printing.SshKeys when value is MappingNode keys: return List(keys.Entries.OrderBy(entry => entry.Key, _order).Select(entry => entry.Value.Text is { } path ? $"{entry.Key}: {path}" : entry.Key), value);
            case Printing.External when value is MappingNode: return ScalarNode.Of(true);
            case Printing.Ulimit: return Ulimit(value);
            case Printing.EnvironmentFile when value is MappingNode file && file.TextOf("required") is not "false": return ScalarNode.Of(file.TextOf("path") ?? "");
        }

        return value switch
        {
            ScalarNode { Kind: ScalarKind.Null } => value,
            ScalarNode scalar => Scalar(scalar, shape.Scalar?.Form ?? Form.Text),
            SequenceNode list => new SequenceNode(list.Position, list.Items.Select(item => Value(item, shape.Items ?? Shapes.Text))),
            MappingNode mapping when shape.Fields is not null => Mapping(mapping, shape),
            MappingNode mapping when shape.Values is { } values => Sorted(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key, Value(entry.Value, values))), _order),
            _ => Raw(value),
        };
    }

    private ScalarNode Scalar(ScalarNode scalar, Form form)
    {
        var text = scalar.Value;
        return form switch
        {
            Form.Whole when ValueText.TryWhole(text, out var number) => ScalarNode.Of(number),
            Form.Count when ValueText.TryCount(text, out var count) => ScalarNode.Of(count),
            Form.Truth when ValueText.TryTruth(text, out var truth) => ScalarNode.Of(truth),
            Form.Bytes when ValueText.TrySize(text, out var bytes) => ScalarNode.Of(bytes.ToString(CultureInfo.InvariantCulture)),
            Form.Time when GoDuration.TryParse(text, out var time) => ScalarNode.Of(GoDuration.Format(time)),
            Form.Fraction when ValueText.TryFraction(text, out var fraction) => new ScalarNode(isJson ? GoFloat.FormatJson((float)fraction) : GoFloat.Format((float)fraction), ScalarKind.Float, scalar.Position),
            _ => ScalarNode.Of(text, scalar.Position),
        };
    }

    private MappingNode Pairs(Node value, bool keepsNull)
    {
        var pairs = ServiceFiles.Pairs(value).Entries.Select(entry => KeyValuePair.Create<string, Node>(
            entry.Key, entry.Value.IsNull && keepsNull ? ScalarNode.Null(default) : ScalarNode.Of(entry.Value.Text ?? "")));
        return Sorted(pairs, _order);
    }

    private Node Ulimit(Node value)
    {
        if (value is not MappingNode limits)
        {
            var single = Scalar((ScalarNode)value, Form.Whole);
            if (single.Value is not "0") return single;
            limits = new MappingNode(value.Position);
        }

        var printed = new MappingNode(value.Position);
        foreach (var key in (ReadOnlySpan<string>)["soft", "hard"])
        {
            var limit = limits.Get(key) is ScalarNode scalar ? Scalar(scalar, Form.Whole) : ScalarNode.Of(0);
            if (!isJson || limit.Value is not "0") printed.Set(key, limit);
        }

        return printed;
    }

    private static bool IsEmpty(Node printed, Shape shape) => printed switch
    {
        ScalarNode { Kind: ScalarKind.Null } => true,
        ScalarNode { Kind: ScalarKind.Text } text => text.Value.Length is 0 || shape.Scalar?.Form is Form.Bytes && text.Value is "0" || shape.Scalar?.Form is Form.Time && text.Value is "0s",
        ScalarNode { Kind: ScalarKind.Boolean } truth => truth.Value is "false",
        ScalarNode number => number.Value is "0",
        SequenceNode list => list.Items.Count is 0,
        MappingNode mapping => mapping.Count is 0,
        _ => false,
    };

    private Node Raw(Node value) => value switch
    {
        MappingNode mapping => Sorted(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key, Raw(entry.Value))), _order),
        SequenceNode list => new SequenceNode(list.Position, list.Items.Select(Raw)),
        _ => value,
    };

    private static SequenceNode List(IEnumerable<string> texts, Node origin) => new(origin.Position, texts.Select(text => ScalarNode.Of(text)));

    private static MappingNode Sorted(IEnumerable<KeyValuePair<string, Node>> entries, IComparer<string> order)
    {
        var mapping = new MappingNode(SourcePosition.None);
        foreach (var (key, value) in entries.OrderBy(entry => entry.Key, order)) mapping.Set(key, value);
        return mapping;
    }

    private static bool IsExtension(string key) => key.StartsWith("x-", StringComparison.Ordinal);
}
