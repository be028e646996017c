using System.Text;

namespace Boreal.Notation;

/// <summary>One line of comma-separated fields, quoted with <c>"</c> where they hold a comma.</summary>
public static class CsvFields
{
    /// <exception cref="FormatException">A quote is where it can't be; the message is Go's.</exception>
    public static IReadOnlyList<string> Split(string line)
    {
        if (line.Length == 0) throw new FormatException("EOF");
        var fields = new List<string>();
        var position = 0;
        while (true)
        {
            fields.Add(position < line.Length && line[position] == '"' ? Quoted(line, ref position) : Bare(line, ref position));
            if (position >= line.Length) return fields;
            position++;
        }
    }

    private static string Bare(string line, ref int position)
    {
        var end = line.IndexOf(',', position);
        if (end < 0) end = line.Length;
        var quote = line.IndexOf('"', position, end - position);
        if (quote >= 0) throw new FormatException($"parse error on line 1, column {quote + 1}: bare \" in non-quoted-field");
        var field = line[position..end];
        position = end;
        return field;
    }

    private static string Quoted(string line, ref int position)
    {
        var field = new StringBuilder();
        position++;
        while (true)
        {
            var quote = line.IndexOf('"', position);
            if (quote < 0) throw Misplaced(position);
            field.Append(line, position, quote - position);
            position = quote + 1;
            if (position >= line.Length || line[position] == ',') return field.ToString();
            if (line[position] != '"') throw Misplaced(quote);
            field.Append('"');
            position++;
        }
    }

    private static FormatException Misplaced(int position) => new($"parse error on line 1, column {position + 1}: extraneous or missing \" in quoted-field");
}
