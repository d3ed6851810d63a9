"""
The air: one asyncio daemon that takes encoders in and sends listeners sound.

It knows no Django and needs no database. It starts from the last line-up on
disk and goes on with the site, the database and the codecs gone.
"""

from __future__ import annotations
