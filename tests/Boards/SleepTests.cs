using nanoFramework.Hardware.Esp32;
using nanoFramework.Hardware.Stm32;

namespace IoTNet.Boards.Tests;

[TestClass]
public class SleepTests
{
    [TestInitialize]
    public void Prepare()
    {
        DeviceDouble.Reset();
        Sleep.Answer = EspNativeError.OK;
    }

    [TestMethod]
    public void SleepFor_ATime_WakesByTheTimer()
    {
        // More than an int of ticks, and more than one of microseconds.
        Esp32Board.SleepFor(3_600_000);

        CollectionAssert.AreEqual(new[] { "wake after 3600000", "sleep" }, DeviceDouble.TakeCalls());
    }

    [TestMethod]
    [DataRow(33, true, -1, new[] { "wake by Pin33 1", "sleep" })]
    [DataRow(0, false, 500, new[] { "wake by Pin0 0", "wake after 500", "sleep" })]
    public void SleepUntilPin_WithAndWithoutATime_WakesByWhatWasAsked(int pin, bool high, int timeMs, string[] expected)
    {
        Esp32Board.SleepUntilPin(pin, high, timeMs);

        CollectionAssert.AreEqual(expected, DeviceDouble.TakeCalls());
    }

    [TestMethod]
    public void Sleep_ThatCannotBe_IsRefusedAndDoesNotSleep()
    {
        Assert.ThrowsExactly<ArgumentException>(() => Esp32Board.SleepFor(0));
        Assert.ThrowsExactly<ArgumentException>(() => Esp32Board.SleepUntilPin(40, true, 1));
        Assert.ThrowsExactly<ArgumentException>(() => Esp32Board.SleepUntilPin(-1, true, 1));
        Assert.ThrowsExactly<ArgumentException>(() => Esp32Board.SleepUntilPin(1, true, 0));
        Sleep.Answer = EspNativeError.INVALID_ARG;
        Assert.AreEqual(
            "The firmware refused to wake so: ESP-IDF error 258.",
            Assert.ThrowsExactly<InvalidOperationException>(() => Esp32Board.SleepUntilPin(0, true, 1)).Message);

        Assert.DoesNotContain("sleep", DeviceDouble.TakeCalls());
    }

    [TestMethod]
    [DataRow(Sleep.WakeupCause.Undefined, Esp32WakeCause.None)]
    [DataRow(Sleep.WakeupCause.Timer, Esp32WakeCause.Timer)]
    [DataRow(Sleep.WakeupCause.Ext0, Esp32WakeCause.Pin)]
    [DataRow(Sleep.WakeupCause.Ext1, Esp32WakeCause.Pin)]
    [DataRow(Sleep.WakeupCause.Gpio, Esp32WakeCause.Pin)]
    [DataRow(Sleep.WakeupCause.TouchPad, Esp32WakeCause.Other)]
    public void WakeCause_OfAnEsp32_IsTheFirmwares(Sleep.WakeupCause cause, Esp32WakeCause expected)
    {
        Sleep.Cause = cause;

        Assert.AreEqual(expected, Esp32Board.WakeCause);
    }

    [TestMethod]
    public void Memory_OfABoard_IsTheFirmwares()
    {
        Esp32Board.GetNativeMemory(out uint total, out uint free, out uint largest);

        Assert.AreEqual((300_000u, 100_000u, 50_000u), (total, free, largest));
        Assert.AreEqual(77_000u, Esp32Board.GetManagedMemory());
        Assert.AreEqual(77_000u, Stm32Board.GetManagedMemory());
        CollectionAssert.AreEqual(new[] { "memory Internal", "collect False", "collect False" }, DeviceDouble.TakeCalls());
    }

    [TestMethod]
    [DataRow(Power.WakeupReasonType.Undetermined, Stm32WakeCause.None)]
    [DataRow(Power.WakeupReasonType.FromStandby, Stm32WakeCause.Standby)]
    [DataRow(Power.WakeupReasonType.FromPin, Stm32WakeCause.Pin)]
    public void WakeCause_OfAnStm32_IsTheFirmwares(Power.WakeupReasonType reason, Stm32WakeCause expected)
    {
        Power.WakeupReason = reason;

        Assert.AreEqual(expected, Stm32Board.WakeCause);
    }

    [TestMethod]
    public void StandbyUntil_ATime_SetsTheAlarmAndATooFarOneIsRefused()
    {
        DateTime time = DateTime.UtcNow.AddHours(1);

        Stm32Board.StandbyUntil(time);
        CollectionAssert.AreEqual(new[] { "alarm", "standby" }, DeviceDouble.TakeCalls());
        Assert.AreEqual(time, RTC.Alarm);
        Assert.ThrowsExactly<ArgumentException>(() => Stm32Board.StandbyUntil(DateTime.UtcNow));
        Assert.ThrowsExactly<ArgumentException>(() => Stm32Board.StandbyUntil(DateTime.UtcNow.AddDays(29)));
        Assert.IsEmpty(DeviceDouble.TakeCalls());

        Stm32Board.StandbyUntilPin();
        CollectionAssert.AreEqual(new[] { "wake by Pin1", "standby" }, DeviceDouble.TakeCalls());
    }
}
