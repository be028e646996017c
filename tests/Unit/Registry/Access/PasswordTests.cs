using Boreal.Registry.Access.Passwords;

namespace Boreal.Tests.Unit.Registry.Access;

public sealed class PasswordTests
{
    private const string OfLibcrypt = "$2b$04$abcdefghijklmnopqrstuuoBpIrM0OnplXjsOI8DWYJTHUhJDuUv.";

    [Theory]
    [InlineData("s3cret pass", OfLibcrypt)]
    [InlineData("s3cret pass", "$2y$05$abcdefghijklmnopqrstuu1qdcFaS0PtqFUPzaCxLQ8/0lspH0ZEW")]
    [InlineData("s3cret pass", "$2a$06$abcdefghijklmnopqrstuuv1/Uk43fylCbwJ6N25vNYXHYkdQc9IG")]
    [InlineData("pässwörd", "$2y$05$abcdefghijklmnopqrstuuZVEMa1pjhlynBQ1qXmSvGBJpN9h1w8G")]
    public void Matches_HashOfOtherPrograms_KnowsThePassword(string password, string hash)
    {
        Assert.True(PasswordHash.IsValid(hash));
        Assert.True(PasswordHash.Matches(password, hash));
        Assert.False(PasswordHash.Matches(password + "x", hash));
    }

    [Theory]
    [InlineData("$apr1$abcdefgh$abcdefghijklmnopqrstuv")]
    [InlineData("{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=")]
    [InlineData("plain")]
    [InlineData("$2y$31$abcdefghijklmnopqrstuu1qdcFaS0PtqFUPzaCxLQ8/0lspH0ZEW")]
    public void IsValid_OtherHash_IsFalse(string hash) => Assert.False(PasswordHash.IsValid(hash));

    [Fact]
    public void Create_Password_IsRecognised()
    {
        var hash = PasswordHash.Create("a b:c");
        Assert.True(PasswordHash.IsValid(hash));
        Assert.True(PasswordHash.Matches("a b:c", hash));
        Assert.True(PasswordHash.IsValid(PasswordHash.OfNobody));
    }

    [Theory]
    [InlineData(72)]
    [InlineData(73)]
    [InlineData(60_000)]
    public void Matches_LongPassword_IsOnlyWrong(int length) =>
        Assert.False(PasswordHash.Matches(new string('x', length), OfLibcrypt));

    [Theory]
    [InlineData("s3cret pass\0")]
    [InlineData("\ud800")]
    [InlineData("")]
    public void Matches_StrangePassword_IsOnlyWrong(string password) =>
        Assert.False(PasswordHash.Matches(password, OfLibcrypt));

    [Theory]
    [InlineData(0)]
    [InlineData(73)]
    public void Create_PasswordOfThatLength_IsRefused(int length) =>
        Assert.Throws<FormatException>(() => PasswordHash.Create(new string('x', length)));

    [Fact]
    public async Task Verify_RightOnce_IsRememberedForSomeMinutes()
    {
        var clock = new ManualClock();
        using var check = new PasswordCheck(clock);
        var token = TestContext.Current.CancellationToken;

        Assert.Equal(PasswordVerdict.Right, await check.VerifyAsync("ann", "s3cret pass", OfLibcrypt, token));
        Assert.True(check.VerifyAsync("ann", "s3cret pass", OfLibcrypt, token).AsTask().IsCompleted);
        Assert.Equal(PasswordVerdict.Wrong, await check.VerifyAsync("ann", "other", OfLibcrypt, token));
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(PasswordVerdict.Right, await check.VerifyAsync("ann", "s3cret pass", OfLibcrypt, token));
    }

    [Fact]
    public async Task Verify_NoSuchUser_IsWrong()
    {
        using var check = new PasswordCheck(new ManualClock());
        Assert.Equal(PasswordVerdict.Wrong, await check.VerifyAsync("bob", "", null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Verify_HundredsAtOnce_MostAreTurnedAway()
    {
        using var check = new PasswordCheck(new ManualClock());
        var all = Enumerable.Range(0, 300).Select(i => check.VerifyAsync("ann", $"guess {i}", OfLibcrypt, TestContext.Current.CancellationToken).AsTask());
        var verdicts = await Task.WhenAll(all);
        Assert.Contains(PasswordVerdict.Busy, verdicts);
        Assert.DoesNotContain(PasswordVerdict.Right, verdicts);
    }
}
