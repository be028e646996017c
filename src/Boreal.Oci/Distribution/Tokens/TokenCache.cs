using System.Collections.Concurrent;

namespace Boreal.Oci.Distribution.Tokens;

/// <summary>Bearer tokens while they are valid, by who asked whom for what.</summary>
internal sealed class TokenCache(TimeProvider clock)
{
    private const int Most = 1024;

    // The request it is kept for has to reach the registry before the token ends.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<TokenRequest, (string Token, DateTimeOffset Until)> _tokens = new();

    public string? Find(TokenRequest request) =>
        _tokens.TryGetValue(request, out var entry) && entry.Until > clock.GetUtcNow() ? entry.Token : null;

    public void Keep(TokenRequest request, TokenAnswer answer, string token)
    {
        var now = clock.GetUtcNow();
        if (_tokens.Count >= Most)
            DropEnded(now);
        var life = TimeSpan.FromSeconds(Math.Clamp(answer.ExpiresIn ?? 0, Shortest.TotalSeconds, Longest.TotalSeconds));
        _tokens[request] = (token, now + life - Margin);
    }

    public void Drop(TokenRequest request) => _tokens.TryRemove(request, out _);

    private void DropEnded(DateTimeOffset now)
    {
        foreach (var (request, (_, until)) in _tokens)
        {
            if (until <= now)
                _tokens.TryRemove(request, out _);
        }
        if (_tokens.Count >= Most)
            _tokens.Clear();
    }
}
