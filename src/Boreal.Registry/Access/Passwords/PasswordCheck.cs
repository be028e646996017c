using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Boreal.Registry.Access.Passwords;

/// <summary>
/// Checks passwords, which takes a tenth of a second on purpose. A right one is remembered for some minutes, so that the
/// hundred requests of a push pay once; wrong ones are not, and only a few checks run and wait at a time.
/// </summary>
internal sealed class PasswordCheck : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private const int MostRemembered = 4096;
    private const int MostWaiting = 64;

    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _running = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly ConcurrentDictionary<string, long> _right = new(StringComparer.Ordinal);
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private int _waiting;

    public PasswordCheck(TimeProvider clock) => _clock = clock;

    /// <summary>A null hash says that there is no such user; the answer then takes as long.</summary>
    public async ValueTask<PasswordVerdict> VerifyAsync(string name, string password, string? hash, CancellationToken cancellationToken)
    {
        var key = Key(name, password, hash);
        if (_right.TryGetValue(key, out var since) && _clock.GetElapsedTime(since) < Remembered)
            return PasswordVerdict.Right;
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return PasswordVerdict.Busy;
        }
        try
        {
            await _running.WaitAsync(cancellationToken);
            try
            {
                var matches = await Task.Run(() => PasswordHash.Matches(password, hash ?? PasswordHash.OfNobody), cancellationToken);
                if (!matches || hash is null)
                    return PasswordVerdict.Wrong;
                Remember(key);
                return PasswordVerdict.Right;
            }
            finally
            {
                _running.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _running.Dispose();

    private void Remember(string key)
    {
        if (_right.Count >= MostRemembered)
            _right.Clear();
        _right[key] = _clock.GetTimestamp();
    }

    /// <summary>Holds the hash too: a changed password is forgotten with it. Keyed, so that memory holds nothing to guess from.</summary>
    private string Key(string name, string password, string? hash) =>
        Convert.ToBase64String(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{name}\0{hash}\0{password}")));
}
