using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Boreal.Compose.Yaml;

/// <summary>Reads the documents of a YAML text with the place of every value; anchors, aliases and merge keys are resolved.</summary>
internal sealed partial class YamlReader
{
    private const int MostNodes = 500_000;
    private const int DeepestNesting = 100;
    private const string MergeKey = "<<";

    private readonly string _file;
    private readonly Parser _parser;
    private readonly Dictionary<string, Node> _anchors = new(StringComparer.Ordinal);
    private int _nodes;
    private int _depth;

    private YamlReader(string file, string text)
    {
        _file = file;
        _parser = new Parser(new StringReader(text));
    }

    /// <exception cref="ComposeException">The text is no YAML, or more of it than anybody writes.</exception>
    public static IReadOnlyList<Node> Read(string file, string text)
    {
        var reader = new YamlReader(file, text);
        try
        {
            return reader.ReadDocuments();
        }
        catch (YamlException exception)
        {
            throw Invalid(file, text, exception);
        }
    }

    private static ComposeException Invalid(string file, string text, YamlException exception)
    {
        var (line, column, remedy) = ((int)exception.Start.Line, (int)exception.Start.Column, "check the indentation, quotes and brackets here");
        // The parser tells where the mapping around a tab starts.
        if (exception.Message.Contains(" tab ", StringComparison.Ordinal) && TabbedLine().Match(text) is { Success: true } tab)
            (line, column, remedy) = (text.AsSpan(0, tab.Index).Count('\n') + 1, tab.Length, "indent with spaces");
        return new ComposeException(new SourcePosition(file, line, column), $"this is not valid YAML: {Decapitalised(exception.Message)}: {remedy}", exception);
    }

    private static string Decapitalised(string message)
    {
        // The parser repeats the place in front of its message.
        var colon = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        var rest = colon < 0 ? message : message[(colon + 3)..];
        return rest.Length is 0 ? rest : char.ToLowerInvariant(rest[0]) + rest[1..].TrimEnd('.');
    }

    private List<Node> ReadDocuments()
    {
        var documents = new List<Node>();
        while (_parser.MoveNext())
        {
            if (_parser.Current is not DocumentStart) continue;
            _anchors.Clear();
            _parser.MoveNext();
            documents.Add(ReadNode());
        }

        return documents;
    }

    /// <summary>Reads the node at the current event and leaves the parser on its last event.</summary>
    private Node ReadNode()
    {
        var current = _parser.Current ?? throw new ComposeException(new SourcePosition(_file, 0, 0), "the file ends in the middle of a value");
        if (++_nodes > MostNodes) throw new ComposeException(At(current.Start), "too many values: a compose file has at most 500,000, aliases counted");
        switch (current)
        {
            case AnchorAlias alias: return Alias(alias);
            case Scalar scalar: return Anchored(scalar, Read(scalar));
            case SequenceStart or MappingStart:
                if (++_depth > DeepestNesting) throw new ComposeException(At(current.Start), $"values are nested deeper than {DeepestNesting} levels");
                var node = current is SequenceStart sequence ? Anchored(sequence, ReadSequence(sequence)) : Anchored((MappingStart)current, ReadMapping((MappingStart)current));
                _depth--;
                return node;
            default: throw new ComposeException(At(current.Start), "a value was expected here");
        }
    }

    private Node Anchored(NodeEvent start, Node node)
    {
        if (!start.Anchor.IsEmpty) _anchors[start.Anchor.Value] = node;
        return node;
    }

    private Node Alias(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
            throw new ComposeException(At(alias.Start), $"alias *{alias.Value.Value} has no anchor before it: write &{alias.Value.Value} at the value it stands for");
        var copy = node.Copy();
        _nodes += Count(copy);
        return copy;
    }

    private static int Count(Node node) => node switch
    {
        MappingNode mapping => 1 + mapping.Entries.Sum(entry => Count(entry.Value)),
        SequenceNode sequence => 1 + sequence.Items.Sum(Count),
        _ => 1,
    };

    private ScalarNode Read(Scalar scalar)
    {
        var position = At(scalar.Start);
        var directive = DirectiveOf(scalar.Tag);
        var (value, kind) = scalar switch
        {
            { Tag.IsEmpty: false } when directive is Directive.None => Tagged(scalar.Tag.Value, scalar.Value),
            { IsPlainImplicit: true } or { Style: ScalarStyle.Plain } => ScalarRules.Resolve(scalar.Value),
            _ => (scalar.Value, ScalarKind.Text),
        };
        return new ScalarNode(value, kind, position) { Directive = directive };
    }

    private static (string Value, ScalarKind Kind) Tagged(string tag, string text)
    {
        var (value, kind) = ScalarRules.Resolve(text);
        return tag switch
        {
            "tag:yaml.org,2002:null" => ("", ScalarKind.Null),
            "tag:yaml.org,2002:int" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:float" => (value, kind),
            _ => (text, ScalarKind.Text),
        };
    }

    private SequenceNode ReadSequence(SequenceStart start)
    {
        var sequence = new SequenceNode(At(start.Start)) { Directive = DirectiveOf(start.Tag) };
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            var item = ReadNode();
            if (item.Directive is not Directive.Reset) sequence.Items.Add(item);
        }

        return sequence;
    }

    private MappingNode ReadMapping(MappingStart start)
    {
        var mapping = new MappingNode(At(start.Start)) { Directive = DirectiveOf(start.Tag) };
        var merged = new List<MappingNode>();
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var (key, position) = ReadKey();
            _parser.MoveNext();
            var value = ReadNode();
            if (key is MergeKey) merged.AddRange(Merged(value));
            else if (mapping.Has(key)) throw new ComposeException(position, $"key \"{key}\" stands here for the second time, the first is at line {mapping.KeyPosition(key).Line}: remove one");
            else mapping.Set(key, value, position);
        }

        foreach (var other in merged)
        {
            foreach (var (key, value) in other.Entries)
            {
                // A key that is reset only loses what other files say: what is merged in takes its place.
                if (mapping.Get(key) is { Directive: Directive.Reset }) mapping.Set(key, value.With(Directive.Override), other.KeyPosition(key));
                else if (!mapping.Has(key)) mapping.Set(key, value.Copy(), other.KeyPosition(key));
            }
        }

        return mapping;
    }

    private (string Key, SourcePosition Position) ReadKey()
    {
        var node = ReadNode();
        if (node is not ScalarNode scalar) throw new ComposeException(node.Position, $"a key must be a string, not {node.What}: write KEY: VALUE");
        return scalar.Kind is ScalarKind.Text
            ? (scalar.Value, scalar.Position)
            : throw new ComposeException(node.Position, $"a key must be a string, not {node.What}: write it in quotes");
    }

    private static IEnumerable<MappingNode> Merged(Node value) => value switch
    {
        MappingNode mapping => [mapping],
        SequenceNode sequence when sequence.Items.All(item => item is MappingNode) => sequence.Items.Cast<MappingNode>(),
        _ => throw new ComposeException(value.Position, $"<< takes a mapping or a list of mappings, not {value.What}: write <<: *NAME"),
    };

    private static Directive DirectiveOf(TagName tag) => tag.IsEmpty ? Directive.None : tag.Value switch
    {
        "!reset" => Directive.Reset,
        "!override" => Directive.Override,
        _ => Directive.None,
    };

    private SourcePosition At(Mark mark) => new(_file, (int)mark.Line, (int)mark.Column);

    [GeneratedRegex("^ *\t", RegexOptions.Multiline)]
    private static partial Regex TabbedLine();
}
