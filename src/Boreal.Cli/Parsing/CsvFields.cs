using System.Text;

namespace Boreal.Cli.Parsing;

/// <summary>One line of comma-separated fields; a field in double quotes may hold commas, and doubled quotes for one.</summary>
internal static class CsvFields
{
    public static IReadOnlyList<string> Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quoted && c is '"' && i + 1 < line.Length && line[i + 1] is '"') field.Append(line[i++]);
            else if (c is '"') quoted = !quoted;
            else if (c is ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else field.Append(c);
        }

        if (quoted) throw new FormatException("parse error on line 1: extraneous or missing \" in quoted-field");
        fields.Add(field.ToString());
        return fields;
    }
}
