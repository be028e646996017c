using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>A device by its CDI name.</summary>
internal sealed record RunDevice(string Name, bool IsRequired)
{
    private static readonly string[] Keys = ["name", "required"];

    /// <exception cref="FormatException">The text names no device.</exception>
    public static RunDevice Parse(string text)
    {
        var (name, isRequired) = ("", false);
        foreach (var field in Fields(text))
        {
            var pair = field.Split('=', 2);
            var key = pair[0].ToLowerInvariant();
            if (pair is [_, var value])
            {
                switch (key)
                {
                    case "name":
                        name = name.Length > 0 ? throw new FormatException($"device name already set to {name}") : value;
                        continue;
                    case "required":
                        isRequired = GoNumbers.TryParseBoolean(value, out var parsed) ? parsed : throw new FormatException($"invalid value for {key}: {value}");
                        continue;
                }
                if (name.Length > 0) throw new FormatException(Suggestion.Append($"unexpected key '{key}' in '{field}'", Suggestion.For(key, Keys)));
                name = field;
            }
            else if (key == "required")
            {
                isRequired = true;
            }
            else
            {
                name = name.Length == 0 ? field : throw new FormatException($"invalid field '{field}' must be a key=value pair");
            }
        }
        return new RunDevice(name, isRequired);
    }

    private static IReadOnlyList<string> Fields(string text)
    {
        try
        {
            return CsvFields.Split(text);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"failed to parse csv devices: {exception.Message}", exception);
        }
    }
}
