using System.Collections.Concurrent;

namespace Boreal.Engine.Networks.Dns;

/// <summary>Answers from elsewhere, and questions on their way there: who asks the same meanwhile waits for the same answer.</summary>
internal sealed class AnswerCache(TimeProvider time)
{
    private const int Capacity = 4096;

    private readonly ConcurrentDictionary<CacheKey, CachedAnswer> _answers = new();
    private readonly ConcurrentDictionary<CacheKey, Lazy<Task<byte[]?>>> _asked = new();

    public byte[]? Find(CacheKey key)
    {
        var now = time.GetUtcNow();
        return _answers.TryGetValue(key, out var answer) && answer.ExpiresAt > now ? answer.At(now) : null;
    }

    /// <summary>Asks once for all who ask at the same time. The answer belongs to all of them: copy before changing it.</summary>
    public async Task<byte[]?> AskAsync(CacheKey key, Func<Task<byte[]?>> ask)
    {
        var asked = _asked.GetOrAdd(key, _ => new Lazy<Task<byte[]?>>(ask));
        try
        {
            var answer = await asked.Value;
            if (answer is not null && CachedAnswer.Create(answer, key.Question.Length, time.GetUtcNow()) is { } kept) Store(key, kept);
            return answer;
        }
        finally
        {
            _asked.TryRemove(KeyValuePair.Create(key, asked));
        }
    }

    private void Store(CacheKey key, CachedAnswer answer)
    {
        if (_answers.Count >= Capacity)
        {
            var now = time.GetUtcNow();
            foreach (var (old, _) in _answers.Where(entry => entry.Value.ExpiresAt <= now)) _answers.TryRemove(old, out _);
            if (_answers.Count >= Capacity) _answers.Clear();
        }

        _answers[key] = answer;
    }
}
