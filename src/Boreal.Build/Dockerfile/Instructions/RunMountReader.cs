using System.Globalization;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>Reads the fields of <c>--mount</c>.</summary>
internal static class RunMountReader
{
    private static readonly string[] Keys =
    [
        "type", "from", "source", "target", "readonly", "id", "sharing", "required", "size", "mode", "uid", "gid",
        "src", "dst", "destination", "ro", "rw", "readwrite", "env",
    ];

    private static readonly string[] Kinds = ["bind", "cache", "tmpfs", "secret", "ssh"];
    private static readonly string[] SharingModes = ["shared", "private", "locked"];

    /// <summary>What the mount is from, before any variable is known; null when it does not say.</summary>
    /// <exception cref="FormatException">The text is no list of fields, or <c>from</c> has a variable.</exception>
    public static string? SourceOf(string text)
    {
        string? from = null;
        foreach (var field in Fields(text))
        {
            var pair = field.Split('=', 2);
            if (pair.Length < 2 || !pair[0].Equals("from", StringComparison.OrdinalIgnoreCase)) continue;
            var dollar = pair[1].IndexOf('$');
            if (dollar >= 0 && dollar != pair[1].Length - 1) throw new FormatException("'from' doesn't support variable expansion, define alias stage instead");
            from = pair[1];
        }
        return from is "" ? null : from;
    }

    /// <exception cref="FormatException">A field is unknown, has a wrong value or does not go with the others.</exception>
    public static RunMount Read(string text, Func<string, string> expand)
    {
        var mount = new RunMount();
        foreach (var field in Fields(text))
        {
            var pair = field.Split('=', 2);
            var key = pair[0].ToLowerInvariant();
            mount = pair is [_, var value] ? Apply(mount, key, expand(value), field) : Apply(mount, key, field);
        }
        Check(mount);
        return mount with { IsReadOnly = mount.IsReadOnly ?? mount.Kind is not (RunMountKind.Cache or RunMountKind.Tmpfs) };
    }

    private static RunMount Apply(RunMount mount, string key, string field) => key switch
    {
        "readonly" or "ro" => mount with { IsReadOnly = true },
        "readwrite" or "rw" => mount with { IsReadOnly = false },
        "required" => Required(mount, key, true),
        _ => throw new FormatException($"invalid field '{field}' must be a key=value pair"),
    };

    private static RunMount Apply(RunMount mount, string key, string value, string field) => key switch
    {
        "type" => mount with { Kind = (RunMountKind)OneOf(Kinds, value, "mount type") },
        "from" => mount with { From = value },
        "source" or "src" => mount with { Source = value },
        "target" or "dst" or "destination" => mount with { Target = value },
        "readonly" or "ro" => mount with { IsReadOnly = Boolean(key, value) },
        "readwrite" or "rw" => mount with { IsReadOnly = !Boolean(key, value) },
        "required" => Required(mount, key, mount.Kind is RunMountKind.Secret or RunMountKind.Ssh && Boolean(key, value)),
        "size" => mount with { Size = SizeOf(mount, key, value) },
        "id" => mount with { Id = value },
        "sharing" => mount with { Sharing = SharingModes[OneOf(SharingModes, value, "sharing value")] },
        "mode" => mount with { Mode = Octal(value) },
        "uid" => mount with { UserId = Number(key, value) },
        "gid" => mount with { GroupId = Number(key, value) },
        "env" => mount with { Variable = value },
        _ => throw new FormatException(Suggestion.Append($"unexpected key '{key}' in '{field}'", Suggestion.For(key, Keys))),
    };

    private static void Check(RunMount mount)
    {
        if (mount.Kind is RunMountKind.Bind or RunMountKind.Tmpfs)
        {
            var wrong = mount.Mode is not null ? "mode" : mount.UserId is not null ? "uid" : mount.GroupId is not null ? "gid" : null;
            if (wrong is not null) throw new FormatException($"{wrong} not allowed for \"{mount.KindName}\" type mounts");
        }
        if (mount.Kind == RunMountKind.Secret) CheckSecret(mount);
        if (mount.Sharing.Length > 0 && mount.Kind != RunMountKind.Cache) throw new FormatException($"invalid cache sharing set for {mount.KindName} mount");
    }

    private static void CheckSecret(RunMount mount)
    {
        if (mount.From.Length > 0) throw new FormatException("secret mount should not have a from");
        if (mount.Sharing.Length > 0) throw new FormatException("secret mount should not define sharing");
        if (mount.Source.Length == 0 && mount.Target.Length == 0 && mount.Id.Length == 0)
            throw new FormatException("invalid secret mount. one of source, target required");
        if (mount.Source.Length > 0 && mount.Id.Length > 0) throw new FormatException("both source and id can't be set");
    }

    private static RunMount Required(RunMount mount, string key, bool value) =>
        mount.Kind is RunMountKind.Secret or RunMountKind.Ssh ? mount with { IsRequired = value } : throw Unexpected(mount, key);

    private static long SizeOf(RunMount mount, string key, string value)
    {
        if (mount.Kind != RunMountKind.Tmpfs) throw Unexpected(mount, key);
        return ByteSize.TryParse(value, out var size) ? size : throw Invalid(key, value);
    }

    private static int OneOf(string[] known, string value, string what)
    {
        var index = Array.IndexOf(known, value.ToLowerInvariant());
        return index >= 0 ? index : throw new FormatException(Suggestion.Append($"unsupported {what} {GoText.Quote(value)}", Suggestion.For(value, known)));
    }

    private static bool Boolean(string key, string value) => GoNumbers.TryParseBoolean(value, out var parsed) ? parsed : throw Invalid(key, value);

    private static int Octal(string value) =>
        FileModeText.TryParseOctal(value, out var mode) ? mode : throw new FormatException($"invalid value {value} for mode");

    private static uint Number(string key, string value) =>
        uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"invalid value {value} for {key}");

    private static FormatException Invalid(string key, string value) => new($"invalid value for {key}: {value}");

    private static FormatException Unexpected(RunMount mount, string key) => new($"unexpected key '{key}' for mount type '{mount.KindName}'");

    private static IReadOnlyList<string> Fields(string text)
    {
        try
        {
            return CsvFields.Split(text);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"failed to parse csv mounts: {exception.Message}", exception);
        }
    }
}
