using System.Globalization;

namespace Boreal.Oci.Distribution.Toml;

/// <summary>
/// Reads the TOML of configuration files: tables, dotted and quoted keys, strings on one line, booleans, whole numbers, arrays and
/// inline tables. Dates, fractions, strings over several lines and arrays of tables are refused by name.
/// </summary>
internal sealed class TomlReader
{
    private readonly TomlScanner _scanner;
    private readonly HashSet<TomlTable> _opened = [];

    private TomlReader(string text) => _scanner = new TomlScanner(text);

    /// <exception cref="FormatException">The text is no such TOML; the message begins with the line.</exception>
    public static TomlTable Read(string text) => new TomlReader(text).ReadDocument();

    private TomlTable ReadDocument()
    {
        var root = new TomlTable();
        var current = root;
        while (_scanner.SkipBlankLines())
        {
            if (_scanner.TryTake('['))
                current = ReadHeader(root);
            else
                ReadPair(current);
            _scanner.ExpectLineEnd();
        }
        return root;
    }

    private TomlTable ReadHeader(TomlTable root)
    {
        if (_scanner.Peek == '[')
            throw _scanner.Error("arrays of tables are not supported");
        var table = Descend(root, ReadKey());
        _scanner.Expect(']');
        return _opened.Add(table) ? table : throw _scanner.Error("the table is there already");
    }

    private void ReadPair(TomlTable table)
    {
        var key = ReadKey();
        _scanner.Expect('=');
        if (!Descend(table, key[..^1]).TryAdd(key[^1], ReadValue()))
            throw _scanner.Error($"'{key[^1]}' is there already");
    }

    private TomlTable Descend(TomlTable table, IReadOnlyList<string> path)
    {
        foreach (var name in path)
        {
            if (table[name] is null)
                table.TryAdd(name, new TomlTable());
            table = table[name] as TomlTable ?? throw _scanner.Error($"'{name}' is not a table");
        }
        return table;
    }

    private List<string> ReadKey()
    {
        var parts = new List<string>();
        do
        {
            _scanner.SkipSpaces();
            parts.Add(_scanner.Peek switch
            {
                '"' => _scanner.TakeBasicString(),
                '\'' => _scanner.TakeLiteralString(),
                _ => _scanner.TakeWord() is { Length: > 0 } word ? word : throw _scanner.Error("a key is expected"),
            });
            _scanner.SkipSpaces();
        }
        while (_scanner.TryTake('.'));
        return parts;
    }

    private object ReadValue()
    {
        _scanner.SkipSpaces();
        switch (_scanner.Peek)
        {
            case '"':
                return _scanner.TakeBasicString();
            case '\'':
                return _scanner.TakeLiteralString();
            case '[':
                return ReadArray();
            case '{':
                return ReadInlineTable();
        }
        var word = _scanner.TakeWord();
        if (word is "true" or "false")
            return word == "true";
        return long.TryParse(word.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw _scanner.Error(word.Length == 0 ? "a value is expected" : $"'{word}' is not a supported value");
    }

    private List<object> ReadArray()
    {
        var values = new List<object>();
        _scanner.Expect('[');
        while (true)
        {
            _scanner.SkipBlankLines();
            if (_scanner.TryTake(']'))
                return values;
            values.Add(ReadValue());
            _scanner.SkipBlankLines();
            if (!_scanner.TryTake(','))
            {
                _scanner.Expect(']');
                return values;
            }
        }
    }

    private TomlTable ReadInlineTable()
    {
        var table = new TomlTable();
        _scanner.Expect('{');
        _scanner.SkipSpaces();
        if (_scanner.TryTake('}'))
            return table;
        do
        {
            ReadPair(table);
            _scanner.SkipSpaces();
        }
        while (_scanner.TryTake(','));
        _scanner.Expect('}');
        return table;
    }
}
