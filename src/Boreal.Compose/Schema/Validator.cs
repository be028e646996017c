using Boreal.Compose.Yaml;
using Boreal.Notation;

namespace Boreal.Compose.Schema;

/// <summary>Holds a tree against its shape; the first thing that doesn't fit is an error with its place and a way out.</summary>
/// <param name="readsValues">Whether texts must make sense as numbers, sizes and the like: not before variables are filled in.</param>
/// <param name="needsAll">Whether required keys must be there: not before all files are merged.</param>
internal sealed class Validator(bool readsValues, bool needsAll)
{
    private static readonly Dictionary<string, string> Misplaced = new(StringComparer.Ordinal)
    {
        ["image"] = "services", ["ports"] = "services", ["environment"] = "services", ["build"] = "services", ["command"] = "services",
        ["replicas"] = "deploy", ["update_config"] = "deploy", ["rollback_config"] = "deploy", ["restart_policy"] = "deploy", ["placement"] = "deploy",
        ["resources"] = "deploy", ["limits"] = "deploy.resources", ["reservations"] = "deploy.resources",
        ["dockerfile"] = "build", ["context"] = "build", ["args"] = "build", ["interval"] = "healthcheck", ["retries"] = "healthcheck",
        ["watch"] = "develop", ["autoscale"] = "x-autoscale", ["driver"] = "logging",
    };

    public void Check(Node node, Shape shape) => Check(node, shape, "");

    private void Check(Node node, Shape shape, string path)
    {
        if (node.Directive is Directive.Reset) return;
        switch (node)
        {
            case ScalarNode { Kind: ScalarKind.Null }:
                if (!shape.AllowsNull) throw Wrong(node, path, $"has no value: {Remedy(shape, path)}");
                break;
            case ScalarNode scalar: CheckScalar(scalar, shape, path); break;
            case SequenceNode list: CheckList(list, shape, path); break;
            case MappingNode mapping when shape.IsFree: break;
            case MappingNode mapping when shape.Fields is not null: CheckFields(mapping, shape, path); break;
            case MappingNode mapping when shape.Values is not null: CheckValues(mapping, shape, path); break;
            default: throw WrongKind(node, shape, path);
        }
    }

    private void CheckScalar(ScalarNode scalar, Shape shape, string path)
    {
        if (shape.Scalar is not { } rule) throw WrongKind(scalar, shape, path);
        var kind = scalar.Kind switch
        {
            ScalarKind.Boolean => Accepts.Boolean,
            ScalarKind.Integer => Accepts.Integer,
            ScalarKind.Float => Accepts.Float,
            _ => Accepts.Text,
        };
        if ((rule.Accepts & kind) is 0) throw WrongScalar(scalar, rule, path);
        if (!readsValues) return;
        if (rule.Words is { } words && !words.Contains(scalar.Value))
            throw Wrong(scalar, path, Suggestion.Append($"\"{scalar.Value}\" is none of {Listed(words)}", Suggestion.For(scalar.Value, words)));
        if (rule.Form is not Form.Text && ValueText.ProblemOf(scalar, rule.Form) is { } problem) throw Wrong(scalar, path, $"{problem}, not \"{scalar.Value}\"");
        if (rule.Form is Form.Whole or Form.Fraction && ValueText.TryFraction(scalar.Value, out var number) && (number < rule.Least || number > rule.Most))
            throw Wrong(scalar, path, rule.Most is long.MaxValue ? $"must be {rule.Least} or more, not {scalar.Value}" : $"must be from {rule.Least} to {rule.Most}, not {scalar.Value}");
    }

    private void CheckList(SequenceNode list, Shape shape, string path)
    {
        if (shape.Items is not { } items) throw WrongKind(list, shape, path);
        for (var at = 0; at < list.Items.Count; at++) Check(list.Items[at], items, $"{path}[{at}]");
        if (!shape.HasDistinctItems || !readsValues) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (item.Text is { } text && !seen.Add(text)) throw Wrong(item, path, $"\"{text}\" stands in the list twice: remove one");
        }
    }

    private void CheckFields(MappingNode mapping, Shape shape, string path)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            if (shape.Find(key) is { } field) Check(value, field.Shape, Join(path, key));
            else if (!(shape.IsExtensible && key.StartsWith("x-", StringComparison.Ordinal))) throw Unknown(mapping, key, shape, path);
        }

        if (!needsAll) return;
        foreach (var field in shape.Fields ?? [])
        {
            if (field.IsRequired && !mapping.Has(field.Name)) throw Wrong(mapping, path, $"needs the key {field.Name}: add it");
        }
    }

    private void CheckValues(MappingNode mapping, Shape shape, string path)
    {
        if (shape.Values is not { } values) return;
        foreach (var (key, value) in mapping.Entries)
        {
            if (shape.HasNames && !IsName(key) && !key.StartsWith("x-", StringComparison.Ordinal))
                throw new ComposeException(mapping.KeyPosition(key), $"{path}: \"{key}\" can't be a name: use letters, digits, '.', '_' and '-'");
            Check(value, values, Join(path, key));
        }
    }

    private static ComposeException Unknown(MappingNode mapping, string key, Shape shape, string path)
    {
        var position = mapping.KeyPosition(key);
        var where = path.Length is 0 ? "" : $"{path}: ";
        var known = (shape.Fields ?? []).Select(field => field.Name).ToList();
        if (Suggestion.For(key, known) is { } near) return new ComposeException(position, $"{where}unknown key \"{key}\" (did you mean {near}?)");
        if (shape.Find(key.Replace('-', '_')) is { } underscored) return new ComposeException(position, $"{where}unknown key \"{key}\" (did you mean {underscored.Name}?)");
        if (path.Length is 0 && mapping.Get(key) is MappingNode inner && (inner.Has("image") || inner.Has("build")))
            return new ComposeException(position, $"{where}unknown key \"{key}\": services stand under the key services, move it there");
        if (Misplaced.TryGetValue(key, out var home)) return new ComposeException(position, $"{where}unknown key \"{key}\": it belongs under {home}, or is it to be ignored? Then call it x-{key}");
        var advice = shape.IsExtensible ? $"remove it, or call it x-{key} if it is not for Compose" : "remove it";
        return new ComposeException(position, $"{where}unknown key \"{key}\": {advice}");
    }

    private static ComposeException WrongScalar(ScalarNode scalar, ScalarRule rule, string path)
    {
        var fix = rule switch
        {
            { Form: Form.Time } => $": write it with its unit, {scalar.Value}s for seconds",
            { Form: Form.Bytes } => $": write it in quotes, \"{scalar.Value}\"",
            { Accepts: Accepts.Text } => $": write it in quotes, \"{scalar.Value}\"",
            { Accepts: Accepts.Boolean } => ": write true or false without quotes",
            _ => "",
        };
        return Wrong(scalar, path, $"must be {Expected(rule)}, not {scalar.What}{fix}");
    }

    private static ComposeException WrongKind(Node node, Shape shape, string path)
    {
        var expected = new List<string>();
        if (shape.Scalar is { } rule) expected.Add(Expected(rule));
        if (shape.Items is not null) expected.Add("a list");
        if (shape.IsMapping) expected.Add("a mapping");
        return Wrong(node, path, $"must be {string.Join(" or ", expected)}, not {node.What}: {Remedy(shape, path)}");
    }

    private static string Remedy(Shape shape, string path)
    {
        var name = path[(path.LastIndexOf('.') + 1)..];
        if (shape.Items is not null) return $"write \"{name}:\" and below it one line \"- VALUE\" each";
        if (shape.IsMapping) return path.Length is 0 ? "start with the key services" : $"write \"{name}:\" and below it lines \"KEY: VALUE\", indented";
        return $"write \"{name}: VALUE\", or remove the key";
    }

    private static string Expected(ScalarRule rule)
    {
        if (rule.Accepts.HasFlag(Accepts.Text)) return rule.Form is Form.Truth ? "true or false" : rule.Accepts is Accepts.Text ? "a string" : "a string or a number";
        return rule.Accepts is Accepts.Boolean ? "true or false" : "a number";
    }

    private static ComposeException Wrong(Node node, string path, string problem) =>
        new(node.Position, path.Length is 0 ? $"the file {problem}" : $"{path}: {problem}");

    private static string Listed(IReadOnlyList<string> words) => string.Join(", ", words);

    private static string Join(string path, string key) => path.Length is 0 ? key : $"{path}.{key}";

    private static bool IsName(string key) => key.Length > 0 && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');
}
