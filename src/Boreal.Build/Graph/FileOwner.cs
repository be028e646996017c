using System.Globalization;

namespace Boreal.Build.Graph;

/// <summary>Whom files are given to: names of the tree's own accounts, or numbers. No group means the user's.</summary>
public sealed record FileOwner(string User, string? Group)
{
    /// <summary><c>user[:group]</c></summary>
    public static FileOwner Parse(string text)
    {
        var parts = text.Split(':', 2);
        return new FileOwner(Canonical(parts[0]), parts is [_, var group] ? Canonical(group) : null);
    }

    internal static void Write(CanonicalWriter writer, FileOwner? owner) => writer.Write(owner?.User).Write(owner?.Group);

    private static string Canonical(string name) => name is "" or "root" ? "0"
        : uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture)
        : name;
}
