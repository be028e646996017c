namespace Boreal.Oci.Distribution.Tokens;

/// <summary>One scheme out of <c>WWW-Authenticate</c> with its parameters.</summary>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public bool IsBearer => Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) && Parameters.ContainsKey("realm");

    public bool IsBasic => Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase);

    public string this[string name] => Parameters.GetValueOrDefault(name, "");

    /// <summary>
    /// Reads a header's value. Several challenges may share one value, separated by the same commas as their parameters:
    /// a word that no <c>=</c> follows begins the next.
    /// </summary>
    public static IReadOnlyList<Challenge> Parse(string header)
    {
        var challenges = new List<Challenge>();
        var reader = new ChallengeReader(header);
        Dictionary<string, string>? parameters = null;
        while (reader.Next(out var name, out var value))
        {
            if (value is null)
            {
                parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                challenges.Add(new Challenge(name, parameters));
            }
            else
            {
                parameters?.TryAdd(name, value);
            }
        }
        return challenges;
    }

    public static IReadOnlyList<Challenge> Of(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var values) ? [.. values.SelectMany(Parse)] : [];
}
