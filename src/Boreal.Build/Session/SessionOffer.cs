namespace Boreal.Build.Session;

/// <summary>
/// What a client says of itself when it opens its session: a key that is the same for builds of one folder at one client, and the full
/// names of the methods that it answers.
/// </summary>
internal sealed record SessionOffer(string Id, string Name, string SharedKey, IReadOnlySet<string> Methods)
{
    private const string Prefix = "X-Docker-Expose-Session-";
    private const int LongestText = 1024;
    private const int MostMethods = 256;

    /// <summary>Null without an id.</summary>
    public static SessionOffer? Parse(IEnumerable<KeyValuePair<string, string>> headers)
    {
        string id = "", name = "", sharedKey = "";
        var methods = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in headers)
        {
            if (!key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || value.Length > LongestText)
                continue;
            switch (key[Prefix.Length..].ToUpperInvariant())
            {
                case "UUID":
                    id = value;
                    break;
                case "NAME":
                    name = value;
                    break;
                case "SHAREDKEY":
                    sharedKey = value;
                    break;
                case "GRPC-METHOD" when methods.Count < MostMethods:
                    methods.Add(value);
                    break;
            }
        }
        return id.Length == 0 ? null : new SessionOffer(id, name, sharedKey, methods);
    }
}
